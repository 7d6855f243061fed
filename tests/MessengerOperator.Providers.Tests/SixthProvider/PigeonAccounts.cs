using MessengerOperator.Providers.Accounts;
using MessengerOperator.Providers.Http;

namespace MessengerOperator.Providers.Tests.SixthProvider;

/// <summary>Pigeon Post's account half.</summary>
internal sealed class PigeonAccounts(PigeonClient client) : IProviderAccounts
{
    public async Task<ProviderResult<AccountIdentity>> TestConnectionAsync(ProviderAccount account, CancellationToken cancellationToken)
    {
        var answer = await client.GetMeAsync(account, cancellationToken);
        if (!answer.TryGet(out var me, out var failure))
        {
            return failure;
        }

        if (me.Id is not { Length: > 0 } id)
        {
            return new ProviderFailure.Unavailable("an account without an id");
        }

        return string.Equals(me.Name, account.Settings.Text("loft"), StringComparison.OrdinalIgnoreCase)
            ? new AccountIdentity(id, me.Name, me.Name)
            : new ProviderFailure.AccountMismatch("The token belongs to another loft than spec.pigeon.loft names.", ProviderText.Sanitise($"it belongs to {me.Name}", account));
    }

    public async Task<ProviderResult<ObservedWebhook>> ObserveAsync(ProviderAccount account, WebhookTarget target, CancellationToken cancellationToken)
    {
        var answer = await client.GetDeliveriesAsync(account, cancellationToken);
        return answer.TryGet(out var deliveries, out var failure)
            ? new ObservedWebhook(deliveries.Url, target.Is(deliveries.Url) ? [] : ["url"])
            : failure;
    }

    public async Task<ProviderResult<Registered>> RegisterAsync(ProviderAccount account, WebhookTarget target, CancellationToken cancellationToken)
    {
        var answer = await client.PutDeliveriesAsync(account, target.Url, cancellationToken);
        return answer.TryGet(out _, out var failure) ? new Registered(Changed: true) : failure;
    }

    public async Task<ProviderResult<Deregistration>> DeregisterAsync(ProviderAccount account, RegisteredWebhook webhook, CancellationToken cancellationToken)
    {
        var answer = await client.GetDeliveriesAsync(account, cancellationToken);
        if (!answer.TryGet(out var deliveries, out var failure))
        {
            return failure;
        }

        if (deliveries.Url is null)
        {
            return Deregistration.AlreadyGone;
        }

        if (!webhook.Is(deliveries.Url))
        {
            return Deregistration.NotOurs;
        }

        var removal = await client.PutDeliveriesAsync(account, url: null, cancellationToken);
        return removal.TryGet(out _, out failure) ? Deregistration.Removed : failure;
    }

    // Everything can be read back.
    public Secret UnreadableSettings(ProviderAccount account, WebhookTarget target) => new("");

    public string? AccountIdOf(ProviderAccount account) => null;
}
