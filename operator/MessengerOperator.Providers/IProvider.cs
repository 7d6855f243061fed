using MessengerOperator.Providers.Accounts;
using MessengerOperator.Providers.Http;
using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Providers;

/// <summary>One messenger: everything the product knows of it, in one folder.</summary>
/// <remarks>
/// It has two halves that do not know each other. The account half (<see cref="CreateAccounts"/>) calls the messenger and is used by the
/// operator; the webhook half (<see cref="Webhook"/>) is pure, makes no call and is used by the receiver. Implementations are
/// stateless and safe for concurrent use.
/// </remarks>
public interface IProvider
{
    /// <summary>The value of <c>spec.provider</c>, for example <c>Telegram</c>. Its block in the spec has the same name in camelCase.</summary>
    string Name { get; }

    /// <summary>The webhook half.</summary>
    IProviderWebhook Webhook { get; }

    /// <summary>The credentials that an account with these settings needs, in the order in which they are looked for.</summary>
    IReadOnlyList<CredentialField> Credentials(ProviderSettings settings);

    /// <summary>The secrets that the receiver needs to tell genuine requests from forged ones, and where each comes from.</summary>
    IReadOnlyList<VerificationKey> VerificationKeys(ProviderSettings settings);

    /// <summary>
    /// The registrations that an account with these settings has, in the order in which they are made; they are removed in the opposite one.
    /// </summary>
    IReadOnlyList<RegistrationScope> Scopes(ProviderSettings settings) => RegistrationScope.AccountOnly;

    /// <summary>
    /// Whether nothing but the secrecy of the webhook's path tells genuine requests: the path then ends in the webhook token, and is masked wherever it is shown.
    /// </summary>
    bool PathCarriesToken(ProviderSettings settings) => false;

    /// <summary>Base address in the settings that a registration is made at, to find it again for its removal; null for the usual one.</summary>
    Uri? ApiBaseUrl(ProviderSettings settings, RegistrationScope scope) => settings.Address("apiBaseUrl");

    /// <summary>With manual registration: a fixed text, what to paste where at the provider. The URL is in <c>status.webhook.url</c>, the token under the key <c>token</c> of <paramref name="tokenSecret"/>.</summary>
    string ManualSteps(ProviderSettings settings, string tokenSecret);

    /// <summary>The account half, calling through <paramref name="http"/>.</summary>
    IProviderAccounts CreateAccounts(ProviderHttp http);
}
