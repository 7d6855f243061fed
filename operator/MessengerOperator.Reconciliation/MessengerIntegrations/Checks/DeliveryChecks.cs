using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Reconciliation.MessengerIntegrations.Children;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Checks;

/// <summary>Order, dead letters and spool make sense.</summary>
internal static class DeliveryChecks
{
    // Not rules of the resource definition: CEL reads quantities only since 1.29.
    internal const string SpoolIsLargeEnough = "delivery.spool.sizeLimit must be at least 16Mi";

    internal const string SpoolFitsOnNode =
        "below delivery.spool.sizeLimit the pod would be evicted before its spool is full, and the spool with it; raise it, and leave 64Mi more for logs, or leave it out";

    public static IEnumerable<SpecViolation> Of(DeliverySpec delivery) =>
    [
        .. Rule.IsRecognized(delivery.Ordering, "spec.delivery.ordering"),
        .. SinkChecks.Of(delivery.DeadLetter, "spec.delivery.deadLetter"),
        .. Rule.IsRecognized(delivery.Spool.Storage, "spec.delivery.spool.storage"),
        .. Rule.Holds(delivery.Spool.SizeLimit.ToInt64() >= ReceiverSpool.LeastLimitBytes, "spec.delivery.spool.sizeLimit", SpoolIsLargeEnough),
        .. StorageClassBelongsToClaim(delivery.Spool),
        .. DeadLettersNeedSpool(delivery),
    ];

    /// <summary>What spool and receiver must be like together.</summary>
    public static IEnumerable<SpecViolation> Of(SpoolSpec spool, ReceiverSpec? receiver) =>
    [
        .. ClaimIsForOnePod(spool, receiver),
        .. LimitLeavesRoom(spool, receiver),
    ];

    private static IEnumerable<SpecViolation> ClaimIsForOnePod(SpoolSpec spool, ReceiverSpec? receiver) => Rule.Holds(
        spool.Storage != SpoolStorage.PersistentVolumeClaim || receiver is null or { Replicas: null or 1, Autoscaling: null },
        "spec.delivery.spool.storage",
        SpecMessages.ClaimIsForOnePod);

    private static IEnumerable<SpecViolation> LimitLeavesRoom(SpoolSpec spool, ReceiverSpec? receiver) => Rule.Holds(
        receiver?.Resources?.Limits is not { } limits
            || !limits.TryGetValue(ReceiverResources.NodeStorage, out var limit)
            || ReceiverSpool.NodeStorage(spool) is not { } needed
            || limit.ToInt64() >= needed.ToInt64(),
        $"spec.receiver.resources.limits.{ReceiverResources.NodeStorage}",
        SpoolFitsOnNode);

    private static IEnumerable<SpecViolation> DeadLettersNeedSpool(DeliverySpec delivery) => Rule.Holds(
        delivery.DeadLetter is null || delivery.Spool.Storage != SpoolStorage.None, "spec.delivery.deadLetter", SpecMessages.DeadLettersNeedSpool);

    private static IEnumerable<SpecViolation> StorageClassBelongsToClaim(SpoolSpec spool) => Rule.Holds(
        spool.StorageClassName is null || spool.Storage == SpoolStorage.PersistentVolumeClaim,
        "spec.delivery.spool.storageClassName",
        SpecMessages.StorageClassBelongsToClaim);
}
