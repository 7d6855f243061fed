namespace MessengerOperator.Providers.Webhooks;

/// <summary>Where a receiver delivers; exactly one of its properties is set.</summary>
public sealed record ReceiverSink
{
    /// <summary>CloudEvents over HTTP.</summary>
    public ReceiverHttpSink? Http { get; init; }
}
