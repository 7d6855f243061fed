using MessengerOperator.Meta;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Exposure;

/// <summary>The API server, or an admission webhook behind it, does not take the Ingress or HTTPRoute as the spec wants it.</summary>
internal sealed class RouteRefusedException(string kind, NamespacedName key, Exception cause) : Exception(cause.Message, cause)
{
    /// <summary>Ingress or HTTPRoute.</summary>
    public string Kind { get; } = kind;

    /// <summary>Which one.</summary>
    public NamespacedName Key { get; } = key;
}
