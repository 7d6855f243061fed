using k8s;
using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Meta;
using MessengerOperator.Runtime.Informers;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Children;

/// <summary>Whom a change of one integration concerns through the receiver that they share: the other members, when its receiver settings or what it routes change, or it goes.</summary>
/// <remarks>Only then: a status that changes would wake a hundred members a hundred times. Who joins or leaves shows in the group's ConfigMap, which wakes them by itself.</remarks>
internal static class ReceiverNeighbours
{
    public static IEnumerable<NamespacedName> Of(Delta<MessengerIntegration> change, ILister<MessengerIntegration> integrations)
    {
        var concerned = change switch
        {
            { Type: DeltaType.Deleted } => MembersOf(change.Entity, integrations),
            { Before: { } before } when Settings(before) != Settings(change.Entity) => MembersOf(before, integrations).Concat(MembersOf(change.Entity, integrations)),
            _ => [],
        };
        return concerned.Where(member => member.Metadata.Uid != change.Entity.Metadata.Uid).Select(NamespacedName.Of).Distinct();
    }

    private static IReadOnlyList<MessengerIntegration> MembersOf(MessengerIntegration integration, ILister<MessengerIntegration> integrations) =>
        integrations.ByIndex(IntegrationIndexes.ByReceiver, ReceiverGroup.Of(integration).IndexValue);

    private static string Settings(MessengerIntegration integration) =>
        KubernetesJson.Serialize(integration.Spec.Receiver ?? new ReceiverSpec()) + KubernetesJson.Serialize(integration.Spec.Delivery.Spool) + Route(integration.Spec);

    // Who shares its URL may have to carry the route now.
    private static string Route(MessengerIntegrationSpec spec) => spec.Exposure.Type == ExposureType.External
        ? ""
        : KubernetesJson.Serialize(spec.Exposure) + KubernetesJson.Serialize(spec.Webhook) + spec.Suspend;
}
