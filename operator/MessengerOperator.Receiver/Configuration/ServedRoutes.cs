namespace MessengerOperator.Receiver.Configuration;

/// <summary>The table in use. Requests take it once and keep it until they are answered.</summary>
internal sealed class ServedRoutes
{
    private volatile RouteTable _current = new([], []);
    private volatile ConfigurationState _state = new(LoadedAt: null, Rejected: null);

    /// <summary>What is served now; empty before the first reading.</summary>
    public RouteTable Current => _current;

    /// <summary>Where the table comes from.</summary>
    public ConfigurationState State => _state;

    /// <summary>Whether there is something to serve: at least one route that is ready, or none at all and nothing turned down.</summary>
    /// <remarks>One route that lacks its keys must not take its neighbours out of the Service with it.</remarks>
    public bool AnyReady => _state is { LoadedAt: not null, Rejected: var rejected } && (_current.Routes.Count == 0 ? rejected is null : _current.Routes.Any(route => route.IsReady));

    /// <summary>Puts a new table into use.</summary>
    public void Use(RouteTable table, DateTimeOffset at)
    {
        _current = table;
        _state = _state with { LoadedAt = at };
    }

    /// <summary>Remembers that something newer was turned down, or, with null, that the newest is in use.</summary>
    public void Reject(RejectedConfiguration? rejected) => _state = _state with { Rejected = rejected };
}
