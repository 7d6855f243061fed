using Microsoft.AspNetCore.Connections;

namespace MessengerOperator.Receiver.Endpoints;

/// <summary>A connection to the traffic port, and what it was good for. Also a feature of each of its requests.</summary>
internal sealed class TrafficConnection(ConnectionContext context, long opened)
{
    private volatile bool _isInUse;
    private volatile bool _hasServed;
    private long _lastUsed = opened;

    /// <summary>Whether an event of its is being made safe: then it is not closed for another.</summary>
    public bool IsInUse => _isInUse;

    /// <summary>Whether a provider has used it.</summary>
    public bool HasServed => _hasServed;

    /// <summary>When it was opened, or its last request taken; as <see cref="TimeProvider.GetTimestamp"/>.</summary>
    public long LastUsed => Volatile.Read(ref _lastUsed);

    /// <summary>A whole request is here.</summary>
    public void Begin() => _isInUse = true;

    /// <summary>It was dealt with.</summary>
    /// <param name="now">As <see cref="TimeProvider.GetTimestamp"/>.</param>
    /// <param name="isGenuine">Whether it was the provider's.</param>
    public void End(long now, bool isGenuine)
    {
        Volatile.Write(ref _lastUsed, now);
        _hasServed |= isGenuine;
        _isInUse = false;
    }

    /// <summary>Closes it without a word.</summary>
    public void Close() => context.Abort(new ConnectionAbortedException("Closed for another connection."));
}
