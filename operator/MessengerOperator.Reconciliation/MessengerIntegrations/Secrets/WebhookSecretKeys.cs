namespace MessengerOperator.Reconciliation.MessengerIntegrations.Secrets;

/// <summary>Keys of the generated Secret <c>NAME-webhook</c>.</summary>
internal static class WebhookSecretKeys
{
    /// <summary>What the provider sends back with each request, or in its handshake.</summary>
    public const string Token = "token";

    /// <summary>What the receiver answers the operator's reachability probe with.</summary>
    public const string ProbeKey = "probeKey";
}
