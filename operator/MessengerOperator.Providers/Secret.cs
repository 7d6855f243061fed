using System.Diagnostics;
using System.Text;

namespace MessengerOperator.Providers;

/// <summary>A value that must never be shown: a token, a key, a password.</summary>
/// <remarks>
/// The one redaction type of the product. <see cref="ToString"/>, string interpolation, structured logging, the debugger and JSON
/// serialisation show <c>[redacted]</c>; the only way to the value is <see cref="Reveal"/>, so its uses can be found by name.
/// </remarks>
[DebuggerDisplay("[redacted]")]
[System.Text.Json.Serialization.JsonConverter(typeof(SecretJsonConverter))]
public sealed class Secret
{
    /// <summary>What is shown in place of the value.</summary>
    public const string Redacted = "[redacted]";

    private readonly string _value;

    /// <summary>Wraps <paramref name="value"/>; the text is taken as it is, nothing is trimmed.</summary>
    public Secret(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _value = value;
    }

    /// <summary>The value itself. Only for the request, header or digest that needs it.</summary>
    public string Reveal() => _value;

    /// <summary>The value as UTF-8, for digests and comparisons.</summary>
    public byte[] RevealUtf8() => Encoding.UTF8.GetBytes(_value);

    /// <summary>Always <see cref="Redacted"/>.</summary>
    public override string ToString() => Redacted;
}
