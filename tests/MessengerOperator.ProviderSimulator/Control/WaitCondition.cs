using System.Globalization;
using MessengerOperator.ProviderSimulator.Accounts;

namespace MessengerOperator.ProviderSimulator.Control;

/// <summary>A condition to wait for, as <c>NAME:NUMBER</c>; it holds when the named count has reached the number.</summary>
/// <remarks><c>pending</c> is the exception: it holds when the count is the number or below it.</remarks>
internal readonly record struct WaitCondition(string Name, int Number)
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan MaxTimeout = TimeSpan.FromMinutes(5);

    /// <summary>Reads the condition; null when none is asked for.</summary>
    /// <exception cref="FormatException">It has another shape.</exception>
    public static WaitCondition? Read(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        var parts = text.Split(':', 2);
        return parts.Length == 2 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new WaitCondition(parts[0], number)
            : throw new FormatException($"'{text}' is not NAME:NUMBER.");
    }

    public static TimeSpan Timeout(double? seconds) =>
        seconds is { } given && given >= 0 ? TimeSpan.FromSeconds(Math.Min(given, MaxTimeout.TotalSeconds)) : DefaultTimeout;

    public bool Holds(DeliveryReport report) => Name switch
    {
        "acknowledged" => report.Acknowledged >= Number,
        "attempts" => report.Attempts >= Number,
        "failedAttempts" => report.FailedAttempts >= Number,
        "expired" => report.Expired >= Number,
        "violations" => report.Violations.Count >= Number,
        "pending" => report.Pending <= Number,
        _ => throw new FormatException($"Deliveries have no '{Name}'; they have acknowledged, attempts, failedAttempts, expired, violations, pending."),
    };

    public bool Holds(RegistrationReport report) => Name switch
    {
        "registered" => (report.Current is null ? 0 : 1) == Number,
        "parts" => report.All.Count == Number,
        "set" => report.History.Count(entry => entry is { Change: RegistrationChange.Set, Succeeded: true }) >= Number,
        "removed" => report.History.Count(entry => entry is { Change: RegistrationChange.Removed, Succeeded: true }) >= Number,
        "warned" => report.History.Count(entry => entry.Change == RegistrationChange.Warned) >= Number,
        "refused" => report.History.Count(entry => !entry.Succeeded) >= Number,
        _ => throw new FormatException($"Registrations have no '{Name}'; they have registered (0 or 1), parts (exactly), set, removed, warned, refused."),
    };

    /// <summary>The name is a provider's method, or <c>total</c>.</summary>
    public bool Holds(CallLog calls) => calls.Count(Name) >= Number;
}
