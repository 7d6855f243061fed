namespace MessengerOperator.Reconciliation.MessengerIntegrations.Secrets;

/// <summary>Keys and annotations of the generated Secret <c>NAME-webhook</c>.</summary>
internal static class WebhookSecretKeys
{
    /// <summary>What the provider sends back with each request, or in its handshake.</summary>
    public const string Token = "token";

    /// <summary>The token before, while both are accepted.</summary>
    public const string FormerToken = "previousToken";

    /// <summary>What the key of the operator's reachability probe is derived from.</summary>
    public const string ProbeKey = "probeKey";

    /// <summary>Annotation: the value of <c>rotate-webhook-token</c> that the token was made for. So that one request makes one token, whatever is interrupted.</summary>
    public const string Rotation = "messenger-operator.io/rotation";

    /// <summary>Annotation: when that was.</summary>
    public const string RotatedAt = "messenger-operator.io/rotated-at";
}
