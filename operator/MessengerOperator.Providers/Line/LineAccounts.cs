using MessengerOperator.Providers.Accounts;
using MessengerOperator.Providers.Http;

namespace MessengerOperator.Providers.Line;

/// <summary>LINE's account half.</summary>
internal sealed class LineAccounts(LineClient client, TimeProvider time) : IProviderAccounts
{
    private const int MaxEndpointLength = 500;

    // Expiring tokens live for 30 days at most; for a long-lived one LINE tells about a century.
    private static readonly TimeSpan NoExpiryFrom = TimeSpan.FromDays(366);

    public async Task<ProviderResult<AccountIdentity>> TestConnectionAsync(ProviderAccount account, CancellationToken cancellationToken)
    {
        var answer = await client.GetBotInfoAsync(account, cancellationToken);
        if (!answer.TryGet(out var bot, out var failure))
        {
            return failure;
        }

        if (account.DisplayName is { } name && !IsNamed(bot, name))
        {
            return new ProviderFailure.AccountMismatch(
                "The token belongs to another LINE account than spec.displayName names; correct the name (basic ID, premium ID or display name of the account) or the token.",
                ProviderText.Sanitise($"the token belongs to {bot.BasicId} ({bot.DisplayName})", account));
        }

        var secret = await LineSecretCheck.RunAsync(client, account, cancellationToken);
        if (!secret.TryGet(out var check, out failure))
        {
            return failure;
        }

        return new AccountIdentity(bot.UserId, bot.BasicId, bot.DisplayName, ExpiryOf(check.ExpiresIn)) { Warnings = Warnings(bot, check) };
    }

    public async Task<ProviderResult<ObservedWebhook>> ObserveAsync(ProviderAccount account, WebhookTarget target, CancellationToken cancellationToken)
    {
        var answer = await client.GetEndpointAsync(account, cancellationToken);
        if (!answer.TryGet(out var webhook, out var failure))
        {
            return failure;
        }

        return target.Is(webhook.Endpoint)
            ? new ObservedWebhook(webhook.Endpoint, [], ManualAction: webhook.Active == false ? LineConsole.UseWebhookIsOff : null)
            : new ObservedWebhook(string.IsNullOrEmpty(webhook.Endpoint) ? null : webhook.Endpoint, ["endpoint"]);
    }

    public async Task<ProviderResult<Registered>> RegisterAsync(ProviderAccount account, WebhookTarget target, CancellationToken cancellationToken)
    {
        var endpoint = target.Url.AbsoluteUri;
        if (endpoint.Length > MaxEndpointLength)
        {
            return new ProviderFailure.Rejected(LineRejections.TooLong, Retry: false, Detail: null);
        }

        var registration = await client.SetEndpointAsync(account, endpoint, cancellationToken);
        if (!registration.TryGet(out _, out var failure))
        {
            return failure is ProviderFailure.Rejected rejected ? rejected with { Advice = LineRejections.BadUrl } : failure;
        }

        // The URL goes along: a change may take a minute to take effect, and without one LINE would test the former.
        var test = await client.TestEndpointAsync(account, endpoint, cancellationToken);
        return test.TryGet(out var result, out failure)
            ? result.Success == true ? new Registered(Changed: true) : LineRejections.OfTest(result, account)
            : failure is ProviderFailure.Rejected untested ? untested with { Advice = LineRejections.NotTested, Retry = true } : failure;
    }

    public async Task<ProviderResult<Deregistration>> DeregisterAsync(ProviderAccount account, RegisteredWebhook webhook, CancellationToken cancellationToken)
    {
        // The token does not show whose it is, and an edited Secret may hold another channel's, whose endpoint may be the same URL.
        var owner = await client.GetBotInfoAsync(account, cancellationToken);
        if (!owner.TryGet(out var bot, out var failure))
        {
            return failure;
        }

        if (bot.UserId != webhook.AccountId)
        {
            return new ProviderFailure.AccountMismatch(LineRejections.OtherAccount, Detail: null);
        }

        var answer = await client.GetEndpointAsync(account, cancellationToken);
        if (!answer.TryGet(out var registered, out failure))
        {
            return failure;
        }

        if (string.IsNullOrEmpty(registered.Endpoint))
        {
            return Deregistration.AlreadyGone;
        }

        if (!webhook.Is(registered.Endpoint))
        {
            return Deregistration.NotOurs;
        }

        // LINE has no DELETE. Its schema allows an empty text, which is not documented to clear the endpoint either.
        var removal = await client.SetEndpointAsync(account, "", cancellationToken);
        return removal.TryGet(out _, out failure)
            ? Deregistration.Removed
            : failure is ProviderFailure.Rejected rejected ? rejected with { Advice = LineRejections.NotRemovable } : failure;
    }

    // LINE signs with the channel secret. A new one has to be proven by a new test call, even though the endpoint stays.
    public Secret UnreadableSettings(ProviderAccount account, WebhookTarget target) => account.Credential(LineCredentials.ChannelSecret);

    public string? AccountIdOf(ProviderAccount account) => null;

    private static bool IsNamed(LineBotInfo bot, string name) => IsSame(bot.BasicId, name) || IsSame(bot.PremiumId, name) || IsSame(bot.DisplayName, name);

    private static bool IsSame(string? actual, string wanted) =>
        actual is { Length: > 0 } && string.Equals(Bare(actual), Bare(wanted), StringComparison.OrdinalIgnoreCase);

    private static string Bare(string name)
    {
        var trimmed = name.Trim();
        return trimmed.StartsWith('@') ? trimmed[1..] : trimmed;
    }

    private static List<string> Warnings(LineBotInfo bot, LineSecretCheck check)
    {
        var warnings = new List<string>();
        if (bot.ChatMode == "chat")
        {
            warnings.Add(LineConsole.ChatIsOn);
        }

        if (!check.IsProven)
        {
            warnings.Add(LineConsole.SecretIsNotProven);
        }

        return warnings;
    }

    // To the minute: LINE counts in seconds from its answer, so the exact moment would differ from check to check.
    private DateTimeOffset? ExpiryOf(long? seconds)
    {
        if (seconds is not > 0 || seconds >= NoExpiryFrom.TotalSeconds)
        {
            return null;
        }

        var expiry = time.GetUtcNow().AddSeconds(seconds.Value);
        return expiry.AddTicks(-(expiry.Ticks % TimeSpan.TicksPerMinute));
    }
}
