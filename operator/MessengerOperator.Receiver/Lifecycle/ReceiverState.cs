namespace MessengerOperator.Receiver.Lifecycle;

/// <summary>Where the process is in its life.</summary>
internal sealed class ReceiverState
{
    private volatile bool _isDraining;

    /// <summary>Whether it was asked to stop: readiness fails, requests are still served.</summary>
    public bool IsDraining => _isDraining;

    /// <summary>Begins the end. False when it had begun before.</summary>
    public bool BeginDraining() => !Interlocked.Exchange(ref _isDraining, true);
}
