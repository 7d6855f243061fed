using MessengerOperator.Providers.Accounts;

namespace MessengerOperator.Providers.Nexmo;

/// <summary>Mode Sms: the webhook of the account, for every number that has none of its own.</summary>
internal sealed class NexmoAccountRegistration(NexmoClient client) : INexmoRegistration
{
    public async Task<ProviderResult<ObservedWebhook>> ObserveAsync(NexmoLogin login, WebhookTarget target, CancellationToken cancellationToken)
    {
        var answer = await client.GetAccountSettingsAsync(login, cancellationToken);
        return answer.TryGet(out var settings, out var failure)
            ? new ObservedWebhook(NexmoDifferences.Given(settings.InboundUrl), NexmoDifferences.Of(target, settings.InboundUrl, settings.StatusUrl))
            : failure;
    }

    public async Task<ProviderResult<Registered>> RegisterAsync(NexmoLogin login, WebhookTarget target, CancellationToken cancellationToken)
    {
        var url = target.Url.AbsoluteUri;
        var answer = await client.SetAccountSettingsAsync(login, url, url, cancellationToken);
        return answer.TryGet(out _, out var failure) ? new Registered(Changed: true) : failure;
    }

    public async Task<ProviderResult<Deregistration>> DeregisterAsync(NexmoLogin login, RegisteredWebhook webhook, CancellationToken cancellationToken)
    {
        var answer = await client.GetAccountSettingsAsync(login, cancellationToken);
        if (!answer.TryGet(out var settings, out var failure))
        {
            return failure;
        }

        var (inbound, status) = (webhook.Is(settings.InboundUrl), webhook.Is(settings.StatusUrl));
        if (!inbound && !status)
        {
            return NexmoDifferences.NothingOfOurs(settings.InboundUrl, settings.StatusUrl);
        }

        var removal = await client.SetAccountSettingsAsync(login, inbound ? "" : null, status ? "" : null, cancellationToken);
        return removal.TryGet(out _, out failure) ? Deregistration.Removed : failure;
    }
}
