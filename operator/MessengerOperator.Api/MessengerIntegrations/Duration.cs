using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using MessengerOperator.Api.Serialization;
using MessengerOperator.Meta.Entities;

namespace MessengerOperator.Api.MessengerIntegrations;

/// <summary>A length of time as Kubernetes users write it: numbers with the units h, m, s and ms, such as 1h30m or 1.5s.</summary>
/// <remarks>
/// Keeps the text it was made from, so that reading and writing an object changes nothing. A text that is not a duration is
/// kept too and has no value: one bad field must not make a list of objects unreadable. Equality is by length, not by spelling.
/// </remarks>
[JsonConverter(typeof(DurationJsonConverter))]
[Length(1, 16)]
[Pattern(TextPattern)]
public readonly partial record struct Duration
{
    /// <summary>What the API server accepts; a leading sign, spaces and other units are refused.</summary>
    public const string TextPattern = "^([0-9]+([.][0-9]+)?(ms|s|m|h))+$";

    private const int GreatestTextLength = 16;
    private readonly string? _text;
    private readonly TimeSpan? _value;

    /// <summary>Takes over a text, whether it is a duration or not.</summary>
    public Duration(string text)
    {
        _text = text ?? throw new ArgumentNullException(nameof(text));
        _value = TryParse(text, out var value) ? value : null;
    }

    private Duration(string text, TimeSpan value)
    {
        _text = text;
        _value = value;
    }

    /// <summary>Whether the text is a duration.</summary>
    public bool IsValid => _value is not null;

    /// <summary>The length of time; never negative.</summary>
    /// <exception cref="FormatException">The text is not a duration; see <see cref="IsValid"/>.</exception>
    public TimeSpan Value => _value ?? throw new FormatException("Not a duration such as 1h30m.");

    /// <summary>A duration of whole minutes, written as such.</summary>
    public static Duration FromMinutes(int minutes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(minutes);
        return new(string.Create(CultureInfo.InvariantCulture, $"{minutes}m"), TimeSpan.FromMinutes(minutes));
    }

    /// <summary>Reads a text; false when it is not a duration or longer than a <see cref="TimeSpan"/> holds.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out TimeSpan value)
    {
        value = TimeSpan.Zero;
        if (text is null || text.Length > GreatestTextLength || !Whole().IsMatch(text))
        {
            return false;
        }

        var ticks = 0m;
        foreach (Match part in Part().Matches(text))
        {
            ticks += decimal.Parse(part.Groups[1].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) * TicksPerUnit(part.Groups[2].ValueSpan);
        }

        if (ticks > TimeSpan.MaxValue.Ticks)
        {
            return false;
        }

        value = new TimeSpan((long)ticks);
        return true;
    }

    /// <inheritdoc />
    public bool Equals(Duration other) => (_value, other._value) switch
    {
        ({ } left, { } right) => left == right,
        (null, null) => _text == other._text,
        _ => false,
    };

    /// <inheritdoc />
    public override int GetHashCode() => _value?.GetHashCode() ?? _text?.GetHashCode(StringComparison.Ordinal) ?? 0;

    /// <summary>The text as it was written.</summary>
    public override string ToString() => _text ?? "";

    private static decimal TicksPerUnit(ReadOnlySpan<char> unit) => unit switch
    {
        "h" => TimeSpan.TicksPerHour,
        "m" => TimeSpan.TicksPerMinute,
        "s" => TimeSpan.TicksPerSecond,
        _ => TimeSpan.TicksPerMillisecond,
    };

    [GeneratedRegex(@"\A([0-9]+([.][0-9]+)?(ms|s|m|h))+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Whole();

    [GeneratedRegex("([0-9]+(?:[.][0-9]+)?)(ms|s|m|h)", RegexOptions.CultureInvariant)]
    private static partial Regex Part();
}
