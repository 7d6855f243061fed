namespace MessengerOperator.Runtime.Informers;

/// <summary>A running list and watch of one kind.</summary>
public interface IInformer
{
    /// <summary>The kind, with <c>(metadata)</c> behind it when only metadata is watched.</summary>
    string Name { get; }

    /// <summary>Whether every namespace has been listed once.</summary>
    bool HasSynced { get; }

    /// <summary>How long ago the API server was last heard of, for the namespace where that is longest.</summary>
    TimeSpan SinceContact { get; }

    /// <summary>Objects in the cache.</summary>
    int Count { get; }

    /// <summary>Lists and watches until cancelled; never fails, only tries again.</summary>
    Task RunAsync(CancellationToken cancellationToken);

    /// <summary>Completes when <see cref="HasSynced"/>.</summary>
    Task WaitForSyncAsync(CancellationToken cancellationToken);
}
