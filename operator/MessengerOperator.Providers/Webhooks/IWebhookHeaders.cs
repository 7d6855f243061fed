namespace MessengerOperator.Providers.Webhooks;

/// <summary>The header fields of a request.</summary>
public interface IWebhookHeaders
{
    /// <summary>The field of that name, in any letter case.</summary>
    WebhookHeader this[string name] { get; }
}
