namespace MessengerOperator.Reconciliation.MessengerIntegrations.Accounts;

/// <summary>When something observed is due again.</summary>
internal static class CheckClock
{
    /// <summary>The interval where the spec's is unreadable; AcceptSpec refuses it, but deletion must still work.</summary>
    public static readonly TimeSpan Default = TimeSpan.FromMinutes(15);

    private const double Spread = 0.1;

    /// <summary>
    /// The check interval of an integration, shortened by up to a tenth depending on its uid, so that a fleet that started
    /// together does not ask its provider together.
    /// </summary>
    public static TimeSpan Jittered(TimeSpan interval, string uid)
    {
        var share = (uint)StableHash(uid) / (double)uint.MaxValue;
        return interval * (1 - (Spread * share));
    }

    /// <summary>The pause before the next try when the outcome was inconclusive: 5 s doubled each time, up to the check interval.</summary>
    public static TimeSpan Retry(int inconclusive, TimeSpan interval)
    {
        var pause = TimeSpan.FromSeconds(5 * Math.Pow(2, Math.Min(inconclusive, 20)));
        return pause < interval ? pause : interval;
    }

    // string.GetHashCode differs in every process; a restart must not move every check.
    private static int StableHash(string text) => text.Aggregate(17, (hash, character) => unchecked((hash * 31) + character));
}
