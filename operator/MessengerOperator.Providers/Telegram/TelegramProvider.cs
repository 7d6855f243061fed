using MessengerOperator.Providers.Accounts;
using MessengerOperator.Providers.Http;
using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Providers.Telegram;

/// <summary>Telegram's Bot API (read as of version 10.1).</summary>
internal sealed class TelegramProvider : IProvider
{
    /// <summary>The verification key's name: the value of <c>X-Telegram-Bot-Api-Secret-Token</c>.</summary>
    internal const string SecretToken = "secretToken";

    private static readonly CredentialField[] Fields = [new(TelegramCredentials.ApiToken, Required: true, TelegramCredentials.Problem)];
    private static readonly VerificationKey[] Keys = [new(SecretToken, CredentialField: null)];

    public string Name => "Telegram";

    public IProviderWebhook Webhook { get; } = new TelegramWebhook();

    public IReadOnlyList<CredentialField> Credentials(ProviderSettings settings) => Fields;

    public IReadOnlyList<VerificationKey> VerificationKeys(ProviderSettings settings) => Keys;

    public string ManualSteps(ProviderSettings settings, string tokenSecret) =>
        $"Call setWebhook of the Bot API with the URL in status.webhook.url as url, and the value under the key 'token' of Secret '{tokenSecret}' as secret_token.";

    public IProviderAccounts CreateAccounts(ProviderHttp http) => new TelegramAccounts(new TelegramClient(http));
}
