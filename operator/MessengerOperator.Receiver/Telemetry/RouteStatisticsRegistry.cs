namespace MessengerOperator.Receiver.Telemetry;

/// <summary>Keeps each integration's counts across reloads of the configuration. Used by the configuration's one reader only.</summary>
internal sealed class RouteStatisticsRegistry
{
    private readonly Dictionary<string, RouteStatistics> _statistics = new(StringComparer.Ordinal);

    /// <summary>The integration's counts.</summary>
    public RouteStatistics Of(string integration)
    {
        if (!_statistics.TryGetValue(integration, out var statistics))
        {
            _statistics[integration] = statistics = new();
        }

        return statistics;
    }

    /// <summary>Forgets all other integrations.</summary>
    public void KeepOnly(IEnumerable<string> integrations)
    {
        var kept = integrations.ToHashSet(StringComparer.Ordinal);
        foreach (var gone in _statistics.Keys.Where(integration => !kept.Contains(integration)).ToList())
        {
            _statistics.Remove(gone);
        }
    }
}
