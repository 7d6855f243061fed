using MessengerOperator.Receiver.Configuration;

namespace MessengerOperator.Receiver.Delivery;

/// <summary>Which sink each integration's events wait for, as the configuration says. Belongs to the schedule.</summary>
internal sealed class SinkLines(ServedRoutes routes)
{
    private readonly Dictionary<string, SinkLine> _lines = new(StringComparer.Ordinal);
    private Dictionary<string, ServedRoute> _routes = [];
    private RouteTable? _table;
    private RouteTable? _routed;

    /// <summary>Where integrations wait that have no sink now.</summary>
    public SinkLine Nowhere { get; } = new() { IsNowhere = true };

    /// <summary>All sinks.</summary>
    public IEnumerable<SinkLine> All => _lines.Values;

    /// <summary>Finds a queue's sink.</summary>
    public void Route(SourceQueue queue)
    {
        if (_table != routes.Current)
        {
            _table = routes.Current;
            _routed ??= _table;
            _routes = _table.Routes.ToDictionary(route => route.Source, StringComparer.Ordinal);
        }

        queue.Route = _routes.GetValueOrDefault(queue.Source.Name);
        queue.Line = queue.Route?.Sink is { } sink ? LineTo(sink.Destination) : Nowhere;
    }

    /// <summary>If the configuration is a new one, follows it: a sink that was left alone is asked at once, what failed is tried again, and lanes move to where they belong.</summary>
    /// <returns>The lanes to be enqueued again.</returns>
    public List<Lane> Reroute(IReadOnlyCollection<SourceQueue> queues, DateTimeOffset now)
    {
        if (_routed == routes.Current)
        {
            return [];
        }

        _routed = routes.Current;
        ForgetLanes();
        var lanes = new List<Lane>();
        foreach (var queue in queues)
        {
            Route(queue);
            queue.Line.Breaker.EndPause(now);
            foreach (var lane in queue.Lanes.Values)
            {
                if (lane.State == LaneState.Loading)
                {
                    queue.Line.Reloading++;
                }
                else if (lane.State != LaneState.InFlight)
                {
                    lane.IsReloading = false;
                    lanes.Add(lane);
                }
            }
        }

        var used = queues.Select(queue => queue.Line).ToHashSet();
        foreach (var (destination, _) in _lines.Where(line => line.Value.InFlight == 0 && !used.Contains(line.Value)).ToList())
        {
            _lines.Remove(destination);
        }

        return lanes;
    }

    /// <summary>Empties all lines; what is on its way stays counted.</summary>
    public void ForgetLanes()
    {
        foreach (var line in _lines.Values.Append(Nowhere))
        {
            line.Ready.Clear();
            line.Waiting.Clear();
            line.Reloading = 0;
        }
    }

    private SinkLine LineTo(string destination)
    {
        if (!_lines.TryGetValue(destination, out var line))
        {
            _lines[destination] = line = new();
        }

        return line;
    }
}
