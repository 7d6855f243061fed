namespace MessengerOperator.ProviderSimulator.Delivery;

/// <summary>Keeps a queue still until it is disposed of.</summary>
internal sealed class DeliveryHold(Action release) : IDisposable
{
    private Action? _release = release;

    public void Dispose() => Interlocked.Exchange(ref _release, null)?.Invoke();
}
