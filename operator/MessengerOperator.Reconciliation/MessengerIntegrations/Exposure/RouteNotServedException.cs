using MessengerOperator.Runtime.Client;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Exposure;

/// <summary>The API server does not have the kind of object that the spec wants the webhook to be routed by.</summary>
internal sealed class RouteNotServedException(ResourceType kind) : Exception($"The API server does not serve {kind.Kind} of {kind.ApiVersion}")
{
    /// <summary>The kind.</summary>
    public ResourceType Kind { get; } = kind;
}
