using MessengerOperator.Receiver.Configuration;
using MessengerOperator.Receiver.Telemetry;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace MessengerOperator.Receiver.Endpoints;

/// <summary>Bounds the connections to the traffic port without letting those that only fill it keep a provider out.</summary>
/// <remarks>
/// Kestrel's own limit refuses the newest connection, so whoever opens enough of them and leaves them idle has the port for himself, and the management port with it. Here
/// the newest is admitted and the least useful is closed: first those that no provider has used, the longest idle of them; never one whose event is being made safe.
/// </remarks>
internal sealed class TrafficConnections(ReceiverOptions options, ReceiverMetrics metrics, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly HashSet<TrafficConnection> _open = [];

    /// <summary>How many there are.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _open.Count;
            }
        }
    }

    /// <summary>Lets every connection of this listener through here.</summary>
    public void Watch(ListenOptions listener) => listener.Use(next => async context =>
    {
        var connection = new TrafficConnection(context, time.GetTimestamp());
        if (!TryAdmit(connection))
        {
            connection.Close();
            return;
        }

        context.Features.Set(connection);
        try
        {
            await next(context);
        }
        finally
        {
            Forget(connection);
        }
    });

    private bool TryAdmit(TrafficConnection connection)
    {
        TrafficConnection? closed = null;
        lock (_lock)
        {
            if (_open.Count >= options.MaxConnections)
            {
                closed = LeastUseful_NeedsLock();
                if (closed is null)
                {
                    metrics.ConnectionRefused();
                    return false;
                }

                _open.Remove(closed);
            }

            _open.Add(connection);
        }

        if (closed is not null)
        {
            closed.Close();
            metrics.ConnectionClosed();
        }

        return true;
    }

    private TrafficConnection? LeastUseful_NeedsLock()
    {
        TrafficConnection? least = null;
        foreach (var connection in _open)
        {
            if (!connection.IsInUse && (least is null || IsLessUseful(connection, least)))
            {
                least = connection;
            }
        }

        return least;
    }

    private static bool IsLessUseful(TrafficConnection one, TrafficConnection other) =>
        one.HasServed == other.HasServed ? one.LastUsed < other.LastUsed : other.HasServed;

    private void Forget(TrafficConnection connection)
    {
        lock (_lock)
        {
            _open.Remove(connection);
        }
    }
}
