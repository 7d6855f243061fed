namespace MessengerOperator.Providers.Accounts;

/// <summary>The account half of a provider: what an admin does by hand on a web form.</summary>
/// <remarks>
/// No method retries, waits or throws for anything the provider or the network does: the outcome is a <see cref="ProviderResult{T}"/>,
/// classified by the provider's own code first and the HTTP status second, never by text. Only cancellation by the caller throws.
/// </remarks>
public interface IProviderAccounts
{
    /// <summary>"Test Connection": are these credentials good, and do they belong to the account that the settings name?</summary>
    Task<ProviderResult<AccountIdentity>> TestConnectionAsync(ProviderAccount account, CancellationToken cancellationToken);

    /// <summary>Reads what the provider has registered for the target's scope, compared with <paramref name="target"/>. Changes nothing.</summary>
    Task<ProviderResult<ObservedWebhook>> ObserveAsync(ProviderAccount account, WebhookTarget target, CancellationToken cancellationToken);

    /// <summary>"Set Webhook": makes the provider deliver to <paramref name="target"/>. Safe to repeat.</summary>
    Task<ProviderResult<Registered>> RegisterAsync(ProviderAccount account, WebhookTarget target, CancellationToken cancellationToken);

    /// <summary>Removes a registration of ours; one that points elsewhere is left alone. Safe to repeat.</summary>
    /// <param name="account">The credentials. Its settings hold at most <c>apiBaseUrl</c>: the spec may name another account by now.</param>
    /// <param name="webhook">The registration.</param>
    /// <param name="cancellationToken">Stops it.</param>
    Task<ProviderResult<Deregistration>> DeregisterAsync(ProviderAccount account, RegisteredWebhook webhook, CancellationToken cancellationToken);

    /// <summary>
    /// What of the registration the provider will not read back, as one text that changes when any of it does.
    /// The operator keeps a salted hash of it to notice that a new registration is due.
    /// </summary>
    Secret UnreadableSettings(ProviderAccount account, WebhookTarget target);

    /// <summary>The account's stable id as far as the credentials themselves tell it, without a call; null when they do not.</summary>
    string? AccountIdOf(ProviderAccount account);
}
