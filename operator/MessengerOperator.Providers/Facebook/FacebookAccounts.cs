using MessengerOperator.Providers.Accounts;

namespace MessengerOperator.Providers.Facebook;

/// <summary>Facebook's account half: a page, and the webhook of the Meta app that it shares with the app's other pages.</summary>
internal sealed class FacebookAccounts(FacebookClient client, TimeProvider time) : IProviderAccounts
{
    private readonly FacebookConnection _connection = new(client, time);
    private readonly FacebookAppWebhook _app = new(client, time);
    private readonly FacebookPageWebhook _page = new(client);

    public Task<ProviderResult<AccountIdentity>> TestConnectionAsync(ProviderAccount account, CancellationToken cancellationToken) =>
        _connection.TestAsync(account, cancellationToken);

    public async Task<ProviderResult<ObservedWebhook>> ObserveAsync(ProviderAccount account, WebhookTarget target, CancellationToken cancellationToken) =>
        FacebookScope.IsApp(target.Scope, out var app) ? await _app.ObserveAsync(account, app, target, cancellationToken)
        : FacebookScope.IsPage(target.Scope, out var page, out app) ? await _page.ObserveAsync(account, page, app, cancellationToken)
        : ObservedWebhook.Invisible; // the page shows its apps, but not which of them is ours

    public async Task<ProviderResult<Registered>> RegisterAsync(ProviderAccount account, WebhookTarget target, CancellationToken cancellationToken) =>
        FacebookScope.IsApp(target.Scope, out var app) ? await _app.RegisterAsync(account, app, target, cancellationToken)
        : FacebookScope.IsPage(target.Scope, out var page, out _) ? await _page.RegisterAsync(account, page, cancellationToken)
        : new ProviderFailure.Rejected(FacebookAdvice.AppIdNeeded, Retry: false, Detail: null);

    public async Task<ProviderResult<Deregistration>> DeregisterAsync(ProviderAccount account, RegisteredWebhook webhook, CancellationToken cancellationToken)
    {
        if (FacebookScope.IsApp(webhook.Scope, out var app))
        {
            return await _app.DeregisterAsync(account, app, webhook, cancellationToken);
        }

        if (!FacebookScope.IsPage(webhook.Scope, out var page, out app))
        {
            return Deregistration.NotOurs; // the operator registers no page without its app
        }

        // Where the page's events go is said by the app. Reading that also proves that the secret is that app's, and the secret in turn,
        // which signs the page's calls, that the page's token is: what they remove is then this app's subscription and no other's.
        var destination = await _app.DestinationAsync(account, app, cancellationToken);
        return !destination.TryGet(out var observed, out var failure) ? failure
            : observed.Url is { } url && !webhook.Is(url) ? Deregistration.NotOurs
            : await _page.DeregisterAsync(account, page, app, cancellationToken);
    }

    // Facebook never returns the verify token. The version is read back, but in a form that is not documented well enough to compare;
    // as part of this, a newer operator writes the webhook once more.
    public Secret UnreadableSettings(ProviderAccount account, WebhookTarget target) => FacebookScope.IsApp(target.Scope, out _) && target.OwnsScope
        ? new Secret($"{FacebookClient.ApiVersion} {target.Token.Reveal()}")
        : new Secret("none");

    // A page's token is opaque.
    public string? AccountIdOf(ProviderAccount account) => null;
}
