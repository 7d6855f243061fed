using System.Globalization;
using MessengerOperator.Providers.Accounts;
using MessengerOperator.Providers.Http;

namespace MessengerOperator.Providers.Telegram;

/// <summary>Telegram's account half.</summary>
internal sealed class TelegramAccounts(TelegramClient client) : IProviderAccounts
{
    private const int MaxConnections = 40;

    // What a contact centre can use. Channel posts, polls, reactions and the like are not conversations.
    private static readonly string[] AllowedUpdates = ["message", "edited_message", "callback_query", "my_chat_member"];

    public async Task<ProviderResult<AccountIdentity>> TestConnectionAsync(ProviderAccount account, CancellationToken cancellationToken)
    {
        var answer = await client.GetMeAsync(account, cancellationToken);
        if (!answer.TryGet(out var user, out var failure))
        {
            return failure;
        }

        var id = user.Id.ToString(CultureInfo.InvariantCulture);
        if (!user.IsBot || id != AccountIdOf(account))
        {
            return new ProviderFailure.AccountMismatch("The token is not that of the bot it names; store the token that BotFather shows.", Detail: null);
        }

        var wanted = account.Settings.Text("botUsername")?.TrimStart('@');
        return string.Equals(wanted, user.Username, StringComparison.OrdinalIgnoreCase)
            ? new AccountIdentity(id, user.Username, user.FirstName)
            : new ProviderFailure.AccountMismatch(
                "The token belongs to another bot than spec.telegram.botUsername names; correct the name or the token.",
                ProviderText.Sanitise($"the token belongs to @{user.Username}", account));
    }

    public async Task<ProviderResult<ObservedWebhook>> ObserveAsync(ProviderAccount account, WebhookTarget target, CancellationToken cancellationToken)
    {
        var answer = await client.GetWebhookInfoAsync(account, cancellationToken);
        return answer.TryGet(out var info, out var failure)
            ? new ObservedWebhook(string.IsNullOrEmpty(info.Url) ? null : info.Url, Differences(info, target), TelegramDelivery.Report(info, account))
            : failure;
    }

    public async Task<ProviderResult<Registered>> RegisterAsync(ProviderAccount account, WebhookTarget target, CancellationToken cancellationToken)
    {
        var webhook = new TelegramSetWebhook(target.Url.AbsoluteUri, target.Token.Reveal(), AllowedUpdates, MaxConnections, DropPendingUpdates: false);
        var answer = await client.SetWebhookAsync(account, webhook, cancellationToken);
        return answer.TryGet(out _, out var failure) ? new Registered(Changed: true) : failure;
    }

    public async Task<ProviderResult<Deregistration>> DeregisterAsync(ProviderAccount account, RegisteredWebhook webhook, CancellationToken cancellationToken)
    {
        var answer = await client.GetWebhookInfoAsync(account, cancellationToken);
        if (!answer.TryGet(out var info, out var failure))
        {
            return failure;
        }

        if (string.IsNullOrEmpty(info.Url))
        {
            return Deregistration.AlreadyGone;
        }

        if (!webhook.Is(info.Url))
        {
            return Deregistration.NotOurs;
        }

        var removal = await client.DeleteWebhookAsync(account, cancellationToken);
        return removal.TryGet(out _, out failure) ? Deregistration.Removed : failure;
    }

    // Telegram never returns secret_token.
    public Secret UnreadableSettings(ProviderAccount account, WebhookTarget target) => target.Token;

    public string? AccountIdOf(ProviderAccount account) => TelegramCredentials.BotId(account.Credential(TelegramCredentials.ApiToken));

    private static List<string> Differences(TelegramWebhookInfo info, WebhookTarget target)
    {
        var differences = new List<string>();
        if (!target.Is(info.Url))
        {
            differences.Add("url");
        }

        // Telegram orders the list as it likes and leaves it out when it is the default set, which ours is not.
        if (!AllowedUpdates.ToHashSet(StringComparer.Ordinal).SetEquals(info.AllowedUpdates ?? []))
        {
            differences.Add("allowedUpdates");
        }

        if (info.MaxConnections != MaxConnections)
        {
            differences.Add("maxConnections");
        }

        return differences;
    }
}
