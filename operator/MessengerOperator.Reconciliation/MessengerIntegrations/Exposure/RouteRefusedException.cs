using MessengerOperator.Meta;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Exposure;

/// <summary>The API server, or an admission webhook behind it, does not take the Ingress or HTTPRoute as the spec wants it.</summary>
internal sealed class RouteRefusedException(string kind, NamespacedName key, bool isInvalid, Exception cause) : Exception(cause.Message, cause)
{
    /// <summary>Ingress or HTTPRoute.</summary>
    public string Kind { get; } = kind;

    /// <summary>Which one.</summary>
    public NamespacedName Key { get; } = key;

    /// <summary>Whether the object itself is at fault, so that only another spec helps. Otherwise it may be what else is in the cluster, such as a route that is just being removed.</summary>
    public bool IsInvalid { get; } = isInvalid;
}
