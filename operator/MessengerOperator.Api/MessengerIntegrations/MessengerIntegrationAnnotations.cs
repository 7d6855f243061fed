namespace MessengerOperator.Api.MessengerIntegrations;

/// <summary>Annotations with which people ask the operator for something.</summary>
public static class MessengerIntegrationAnnotations
{
    /// <summary>
    /// A new value asks for a test of credentials and registration at once ("Test Connection", "Set Webhook").
    /// Any text; a time by custom. Echoed in <c>status.lastHandledRequest</c> when done.
    /// </summary>
    public const string RequestedAt = "messenger-operator.io/requested-at";

    /// <summary>
    /// A new value asks for a new webhook token ("Generate random token" again). The old one stays valid until the provider
    /// has confirmed the new one. Echoed in <c>status.lastHandledRotation</c> when done.
    /// </summary>
    public const string RotateWebhookToken = "messenger-operator.io/rotate-webhook-token";
}
