using System.Globalization;

namespace MessengerOperator.Receiver.Configuration;

/// <summary>One flag.</summary>
/// <param name="Flag">Its name without dashes.</param>
/// <param name="ValueName">What stands for its value in the help.</param>
/// <param name="Description">One line of help; ends with the default.</param>
/// <param name="TryApply">Sets the option; false when the value is not one.</param>
/// <param name="Expected">What the value should have been, for the message.</param>
internal sealed record OptionDefinition(string Flag, string ValueName, string Description, Func<ReceiverOptions, string, bool> TryApply, string Expected)
{
    private static readonly TimeSpan LongestDuration = TimeSpan.FromHours(1);

    /// <summary>A TCP port; 0 means any free one.</summary>
    public static OptionDefinition Port(string flag, string description, Action<ReceiverOptions, int> set) =>
        Number(flag, description, 0, 65535, set) with { ValueName = "PORT" };

    /// <summary>A whole number within bounds.</summary>
    public static OptionDefinition Number(string flag, string description, int least, int most, Action<ReceiverOptions, int> set) => new(
        flag,
        "NUMBER",
        description,
        (options, text) =>
        {
            var valid = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most;
            if (valid)
            {
                set(options, value);
            }

            return valid;
        },
        $"a whole number from {least} to {most}");

    /// <summary>A span of time, written with its unit: 500ms, 5s, 2m.</summary>
    public static OptionDefinition Duration(string flag, string description, Action<ReceiverOptions, TimeSpan> set, bool allowZero = false) => new(
        flag,
        "DURATION",
        description,
        (options, text) =>
        {
            var valid = ParseDuration(text) is { } value && value <= LongestDuration && (allowZero || value > TimeSpan.Zero);
            if (valid)
            {
                set(options, ParseDuration(text)!.Value);
            }

            return valid;
        },
        "a duration such as 500ms, 5s or 2m, at most 60m");

    private static TimeSpan? ParseDuration(string text)
    {
        var digits = text.AsSpan().TrimEnd("ms");
        return double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) && amount < 1e9
            ? text.AsSpan(digits.Length) switch
            {
                "ms" => TimeSpan.FromMilliseconds(amount),
                "s" => TimeSpan.FromSeconds(amount),
                "m" => TimeSpan.FromMinutes(amount),
                _ => null,
            }
            : null;
    }
}
