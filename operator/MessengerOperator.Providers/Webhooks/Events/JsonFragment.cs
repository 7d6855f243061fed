using System.Text;
using System.Text.Json.Serialization;

namespace MessengerOperator.Providers.Webhooks;

/// <summary>A JSON value as the bytes it arrived in; written out unchanged.</summary>
/// <param name="Utf8">One complete JSON value that has been parsed before.</param>
[JsonConverter(typeof(JsonFragmentConverter))]
public readonly record struct JsonFragment(ReadOnlyMemory<byte> Utf8)
{
    /// <summary>The JSON text.</summary>
    public override string ToString() => Encoding.UTF8.GetString(Utf8.Span);
}
