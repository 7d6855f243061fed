using MessengerOperator.Api.MessengerIntegrations;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Checks;

/// <summary>Order, dead letters and spool make sense.</summary>
internal static class DeliveryChecks
{
    /// <summary>Below this not even a burst of one conversation fits. Not a rule of the resource definition: CEL reads quantities only since 1.29.</summary>
    internal const long LeastSpoolBytes = 1 << 20;

    internal const string SpoolIsLargeEnough = "delivery.spool.sizeLimit must be at least 1Mi";

    public static IEnumerable<SpecViolation> Of(DeliverySpec delivery) =>
    [
        .. Rule.IsRecognized(delivery.Ordering, "spec.delivery.ordering"),
        .. SinkChecks.Of(delivery.DeadLetter, "spec.delivery.deadLetter"),
        .. Rule.IsRecognized(delivery.Spool.Storage, "spec.delivery.spool.storage"),
        .. Rule.Holds(delivery.Spool.SizeLimit.ToInt64() >= LeastSpoolBytes, "spec.delivery.spool.sizeLimit", SpoolIsLargeEnough),
        .. StorageClassBelongsToClaim(delivery.Spool),
    ];

    private static IEnumerable<SpecViolation> StorageClassBelongsToClaim(SpoolSpec spool) => Rule.Holds(
        spool.StorageClassName is null || spool.Storage == SpoolStorage.PersistentVolumeClaim,
        "spec.delivery.spool.storageClassName",
        SpecMessages.StorageClassBelongsToClaim);
}
