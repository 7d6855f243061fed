namespace MessengerOperator.Reconciliation.MessengerIntegrations;

/// <summary>Times as the API has them.</summary>
internal static class Timestamps
{
    /// <summary>Now, to the second: the API server keeps no fractions in a date-time of a status, so a finer one would look changed.</summary>
    public static DateTime ToTheSecond(this TimeProvider time)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return new DateTime(now.Ticks - (now.Ticks % TimeSpan.TicksPerSecond), DateTimeKind.Utc);
    }
}
