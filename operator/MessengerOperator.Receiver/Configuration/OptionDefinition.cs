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
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Year = TimeSpan.FromDays(365);

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

    /// <summary>A number of bytes: 1048576, 512Ki, 256Mi, 10Gi.</summary>
    public static OptionDefinition Bytes(string flag, string description, long least, Action<ReceiverOptions, long> set) => new(
        flag,
        "BYTES",
        description,
        (options, text) =>
        {
            var valid = ParseBytes(text) is { } value && value >= least;
            if (valid)
            {
                set(options, ParseBytes(text)!.Value);
            }

            return valid;
        },
        $"a number of bytes such as 256Mi, at least {least / (1024 * 1024)}Mi");

    /// <summary>A span of time, written with its unit: 500ms, 5s, 2m. At most an hour.</summary>
    public static OptionDefinition Duration(string flag, string description, Action<ReceiverOptions, TimeSpan> set, bool allowZero = false) =>
        Duration(flag, description, set, allowZero, Hour, "a duration such as 500ms, 5s or 2m, at most 60m");

    /// <summary>A long span of time, written with its unit: 90m, 36h. At most a year.</summary>
    public static OptionDefinition LongDuration(string flag, string description, Action<ReceiverOptions, TimeSpan> set) =>
        Duration(flag, description, set, allowZero: false, Year, "a duration such as 90m or 36h, at most 8760h");

    private static OptionDefinition Duration(
        string flag, string description, Action<ReceiverOptions, TimeSpan> set, bool allowZero, TimeSpan longest, string expected) => new(
        flag,
        "DURATION",
        description,
        (options, text) =>
        {
            var valid = ParseDuration(text) is { } value && value <= longest && (allowZero || value > TimeSpan.Zero);
            if (valid)
            {
                set(options, ParseDuration(text)!.Value);
            }

            return valid;
        },
        expected);

    private static long? ParseBytes(string text)
    {
        var digits = text.AsSpan().TrimEnd("KMGi");
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var amount) && amount < 1L << 32
            ? text.AsSpan(digits.Length) switch
            {
                "" => amount,
                "Ki" => amount << 10,
                "Mi" => amount << 20,
                "Gi" => amount << 30,
                _ => null,
            }
            : null;
    }

    private static TimeSpan? ParseDuration(string text)
    {
        var digits = text.AsSpan().TrimEnd("msh");
        return double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) && amount < 1e9
            ? text.AsSpan(digits.Length) switch
            {
                "ms" => TimeSpan.FromMilliseconds(amount),
                "s" => TimeSpan.FromSeconds(amount),
                "m" => TimeSpan.FromMinutes(amount),
                "h" => TimeSpan.FromHours(amount),
                _ => null,
            }
            : null;
    }
}
