namespace MessengerOperator.ProviderSimulator.Delivery;

/// <summary>A provider's side of delivering: where events go now, and its rules for trying again.</summary>
internal interface IDeliveryTarget
{
    /// <summary>How many attempts may run at once; 0 while there is nowhere to deliver to.</summary>
    int Parallelism { get; }

    /// <summary>Tries once, records the attempt, and judges it. Does not throw, except on cancellation.</summary>
    Task<DeliveryVerdict> AttemptAsync(QueuedDelivery delivery, CancellationToken cancellationToken);
}
