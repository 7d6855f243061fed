namespace MessengerOperator.ProviderSimulator.Delivery;

/// <summary>What the provider makes of an attempt.</summary>
/// <param name="State">Pending keeps the event for another try; every other state takes it out of the queue.</param>
/// <param name="RetryIn">With Pending: the delay before the next try, provider time.</param>
internal readonly record struct DeliveryVerdict(DeliveryState State, TimeSpan RetryIn)
{
    public static DeliveryVerdict Acknowledged => new(DeliveryState.Acknowledged, TimeSpan.Zero);

    public static DeliveryVerdict GivenUp => new(DeliveryState.Expired, TimeSpan.Zero);

    public static DeliveryVerdict Retry(TimeSpan after) => new(DeliveryState.Pending, after);
}
