using k8s.Models;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Children;

/// <summary>What a receiver's container asks for and may take.</summary>
internal static class ReceiverResources
{
    /// <summary>The resource that a spool on the node counts against.</summary>
    public const string NodeStorage = "ephemeral-storage";

    /// <summary>The spec's resources, or ours, and in either case room on the node for the spool.</summary>
    /// <remarks>A request and no limit: a limit counts logs too, and a pod that is evicted for its logs loses its spool. The volume has a limit of its own.</remarks>
    public static V1ResourceRequirements Of(ReceiverWorkload workload)
    {
        var resources = workload.Settings.Resources;
        var requests = resources is null ? Default() : new Dictionary<string, ResourceQuantity>(resources.Requests ?? new Dictionary<string, ResourceQuantity>());
        if (ReceiverSpool.NodeStorage(workload.Spool) is { } room)
        {
            requests.TryAdd(NodeStorage, room);
        }

        return new V1ResourceRequirements
        {
            Requests = requests.Count == 0 ? null : requests,
            Limits = resources is null ? new Dictionary<string, ResourceQuantity> { ["memory"] = new("128Mi") } : resources.Limits,
            Claims = resources?.Claims,
        };
    }

    private static Dictionary<string, ResourceQuantity> Default() => new() { ["cpu"] = new("10m"), ["memory"] = new("32Mi") };
}
