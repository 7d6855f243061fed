namespace MessengerOperator.Receiver.Sinks.Http;

/// <summary>What all routes that deliver to one host share.</summary>
/// <param name="Invoker">The connections.</param>
/// <param name="Gate">Bounds how many requests the host works on and how many wait.</param>
internal sealed record HttpConnection(HttpMessageInvoker Invoker, SinkGate Gate) : IAsyncDisposable
{
    public ValueTask DisposeAsync()
    {
        Invoker.Dispose();
        Gate.Dispose();
        return ValueTask.CompletedTask;
    }
}
