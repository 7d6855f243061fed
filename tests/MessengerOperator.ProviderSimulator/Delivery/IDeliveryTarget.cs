namespace MessengerOperator.ProviderSimulator.Delivery;

/// <summary>A provider's side of delivering: where events go now, and its rules for trying again.</summary>
internal interface IDeliveryTarget
{
    /// <summary>How many requests may run at once; 0 while there is nowhere to deliver to.</summary>
    int Parallelism { get; }

    /// <summary>How many events may go in one request.</summary>
    int MaxBatch { get; }

    /// <summary>Tries once with all of them in one request, records the attempt, and judges it for each. Does not throw, except on cancellation.</summary>
    Task<IReadOnlyList<DeliveryVerdict>> AttemptAsync(IReadOnlyList<QueuedDelivery> batch, CancellationToken cancellationToken);
}
