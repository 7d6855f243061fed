using MessengerOperator.Providers.Accounts;

namespace MessengerOperator.Providers.Nexmo;

/// <summary>One of the three places where Vonage keeps a webhook: the account, a number, an application.</summary>
/// <remarks>Messages and states of sent messages go to one URL: what arrives tells which it is.</remarks>
internal interface INexmoRegistration
{
    /// <summary>Reads and compares.</summary>
    Task<ProviderResult<ObservedWebhook>> ObserveAsync(NexmoLogin login, WebhookTarget target, CancellationToken cancellationToken);

    /// <summary>Writes.</summary>
    Task<ProviderResult<Registered>> RegisterAsync(NexmoLogin login, WebhookTarget target, CancellationToken cancellationToken);

    /// <summary>Takes away what is ours.</summary>
    Task<ProviderResult<Deregistration>> DeregisterAsync(NexmoLogin login, RegisteredWebhook webhook, CancellationToken cancellationToken);
}
