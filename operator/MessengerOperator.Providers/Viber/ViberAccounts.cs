using MessengerOperator.Providers.Accounts;
using MessengerOperator.Providers.Http;

namespace MessengerOperator.Providers.Viber;

/// <summary>Viber's account half.</summary>
internal sealed class ViberAccounts(ViberClient client) : IProviderAccounts
{
    // Messages, subscriptions and their ends come whatever is asked for, and the read-back need not list them.
    private static readonly string[] Switchable = ["delivered", "seen", "failed", "conversation_started"];
    private static readonly string[] EventTypes = [.. Switchable, "subscribed", "unsubscribed"];

    public async Task<ProviderResult<AccountIdentity>> TestConnectionAsync(ProviderAccount account, CancellationToken cancellationToken)
    {
        var answer = await client.GetAccountInfoAsync(account, cancellationToken);
        if (!answer.TryGet(out var info, out var failure))
        {
            return failure;
        }

        if (string.IsNullOrEmpty(info.Id))
        {
            return new ProviderFailure.Unavailable("an account without an id");
        }

        return Names(info, account.Settings.Text("botUsername"))
            ? new AccountIdentity(info.Id, info.Uri, info.Name)
            : new ProviderFailure.AccountMismatch(
                "The token belongs to another bot than spec.viber.botUsername names; correct the name or the token.",
                ProviderText.Sanitise($"the token belongs to {info.Uri ?? info.Name}", account));
    }

    public async Task<ProviderResult<ObservedWebhook>> ObserveAsync(ProviderAccount account, WebhookTarget target, CancellationToken cancellationToken)
    {
        var answer = await client.GetAccountInfoAsync(account, cancellationToken);
        return answer.TryGet(out var info, out var failure)
            ? new ObservedWebhook(string.IsNullOrEmpty(info.Webhook) ? null : info.Webhook, Differences(info, target))
            : failure;
    }

    public async Task<ProviderResult<Registered>> RegisterAsync(ProviderAccount account, WebhookTarget target, CancellationToken cancellationToken)
    {
        var webhook = new ViberSetWebhook(target.Url.AbsoluteUri, EventTypes, SendName: true, SendPhoto: false);
        var answer = await client.SetWebhookAsync(account, webhook, cancellationToken);
        return answer.TryGet(out _, out var failure) ? new Registered(Changed: true) : failure;
    }

    public async Task<ProviderResult<Deregistration>> DeregisterAsync(ProviderAccount account, RegisteredWebhook webhook, CancellationToken cancellationToken)
    {
        var answer = await client.GetAccountInfoAsync(account, cancellationToken);
        if (!answer.TryGet(out var info, out var failure))
        {
            return failure;
        }

        if (info.Id != webhook.AccountId)
        {
            // The token does not tell whose it is, so only here can it be seen that the Secret was given to another bot, whose webhook may well have our URL by now.
            return new ProviderFailure.AccountMismatch("The token in the Secret is that of another bot by now.", ProviderText.Sanitise($"it belongs to {info.Uri ?? info.Name}", account));
        }

        if (string.IsNullOrEmpty(info.Webhook))
        {
            return Deregistration.AlreadyGone;
        }

        if (!webhook.Is(info.Webhook))
        {
            return Deregistration.NotOurs;
        }

        var removal = await client.RemoveWebhookAsync(account, cancellationToken);
        return removal.TryGet(out _, out failure) ? Deregistration.Removed : failure;
    }

    // send_name and send_photo cannot be read back.
    public Secret UnreadableSettings(ProviderAccount account, WebhookTarget target) => new("send_name=true;send_photo=false");

    // The token does not tell.
    public string? AccountIdOf(ProviderAccount account) => null;

    private static bool Names(ViberAccountInfo info, string? botUsername) =>
        botUsername is not null
        && (string.Equals(botUsername, info.Uri, StringComparison.OrdinalIgnoreCase) || string.Equals(botUsername, info.Name, StringComparison.OrdinalIgnoreCase));

    private static List<string> Differences(ViberAccountInfo info, WebhookTarget target)
    {
        var differences = new List<string>();
        if (!target.Is(info.Webhook))
        {
            differences.Add("url");
        }

        // Viber lists names of its own besides, so never equality.
        if (Switchable.Except(info.EventTypes ?? [], StringComparer.Ordinal).Any())
        {
            differences.Add("eventTypes");
        }

        return differences;
    }
}
