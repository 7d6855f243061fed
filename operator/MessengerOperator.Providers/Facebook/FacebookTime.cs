namespace MessengerOperator.Providers.Facebook;

/// <summary>Facebook's times: milliseconds since 1970 in messages, seconds in entries with <c>changes</c>.</summary>
internal static class FacebookTime
{
    // In milliseconds that is March 1973, in seconds the year 5138.
    private const long FirstMillisecond = 100_000_000_000;
    private const long LastMillisecond = 253_402_300_799_999;

    /// <summary>The time; null when absent, zero or out of range.</summary>
    public static DateTimeOffset? Of(long? value) => value switch
    {
        > 0 and < FirstMillisecond => DateTimeOffset.FromUnixTimeSeconds(value.Value),
        >= FirstMillisecond and <= LastMillisecond => DateTimeOffset.FromUnixTimeMilliseconds(value.Value),
        _ => null,
    };
}
