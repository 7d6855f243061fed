namespace MessengerOperator.Runtime.Workqueue;

/// <summary>Keys that wait to be worked on. A key is never handed out twice at the same time, and never dropped.</summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <remarks>
/// Adding a waiting key again is free (it only may raise its priority); adding one that is being worked on hands it out again once it is
/// <see cref="Done"/>. Of several timers for a key the earliest stands. A high priority key goes first, but after eight of them one low priority key gets
/// its turn. Safe from any thread.
/// </remarks>
public interface IWorkqueue<TKey>
    where TKey : notnull
{
    /// <summary>How many keys are ready and not yet handed out.</summary>
    int Depth { get; }

    /// <summary>Adds the key now. Nothing happens after <see cref="ShutDown"/>.</summary>
    void Add(TKey key, WorkPriority priority = WorkPriority.High);

    /// <summary>Adds the key after <paramref name="delay"/>, with low priority.</summary>
    void AddAfter(TKey key, TimeSpan delay);

    /// <summary>Adds the key after its back-off: doubled with each call since the last <see cref="Forget"/>, with jitter and a cap.</summary>
    void AddRateLimited(TKey key);

    /// <summary>The key went well: its back-off starts afresh.</summary>
    void Forget(TKey key);

    /// <summary>How often the key was rate limited since it was last forgotten.</summary>
    int Retries(TKey key);

    /// <summary>Waits for a key. Call <see cref="Done"/> when it is finished. False once shut down and nothing is left that was ready.</summary>
    ValueTask<(bool HasKey, TKey Key)> GetAsync(CancellationToken cancellationToken);

    /// <summary>The key is finished; if it was added meanwhile it is ready again.</summary>
    void Done(TKey key);

    /// <summary>Takes no more keys and hands out none: what is being worked on may finish, waiting keys are left to the next leader.</summary>
    void ShutDown();
}
