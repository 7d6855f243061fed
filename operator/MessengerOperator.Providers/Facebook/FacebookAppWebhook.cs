using MessengerOperator.Providers.Accounts;

namespace MessengerOperator.Providers.Facebook;

/// <summary>The app level: the one URL that all pages of a Meta app are delivered to.</summary>
/// <remarks>
/// What was read counts for all pages of the app for two minutes, and for an hour while 80 % of the app's quota are used or none is left: two hundred pages must
/// not read it two hundred times. What we write is read anew.
/// </remarks>
internal sealed class FacebookAppWebhook(FacebookClient client, TimeProvider time)
{
    private static readonly TimeSpan Shared = TimeSpan.FromMinutes(2);

    private readonly FacebookReadings<FacebookAppSubscriptions> _readings = new(time);

    public async Task<ProviderResult<ObservedWebhook>> ObserveAsync(ProviderAccount account, string app, WebhookTarget target, CancellationToken cancellationToken)
    {
        var answer = await ReadSharedAsync(account, app, cancellationToken);
        return answer.TryGet(out var subscriptions, out var failure) ? Compare(FacebookClient.OfPages(subscriptions), target) : failure;
    }

    /// <summary>Sets the app's webhook; whoever does not own it only sees whether that has been done.</summary>
    public async Task<ProviderResult<Registered>> RegisterAsync(ProviderAccount account, string app, WebhookTarget target, CancellationToken cancellationToken)
    {
        if (!target.OwnsScope)
        {
            var observation = await ObserveAsync(account, app, target, cancellationToken);
            return !observation.TryGet(out var observed, out var unknown) ? unknown
                : observed.Differences.Count == 0 ? new Registered(Changed: false)
                : new ProviderFailure.Rejected(FacebookAdvice.OwnersTurn, Retry: true, Detail: null);
        }

        var change = await client.SetAppSubscriptionAsync(account, app, target, cancellationToken);
        _readings.Forget(KeyOf(account, app)); // also after a failure: a call without an answer may have worked
        return change.TryGet(out _, out var failure) ? new Registered(Changed: true) : failure;
    }

    public async Task<ProviderResult<Deregistration>> DeregisterAsync(ProviderAccount account, string app, RegisteredWebhook webhook, CancellationToken cancellationToken)
    {
        var answer = await client.GetAppSubscriptionsAsync(account, app, cancellationToken);
        if (!answer.TryGet(out var subscriptions, out var failure))
        {
            return failure;
        }

        if (FacebookClient.OfPages(subscriptions) is not { } subscription)
        {
            return Deregistration.AlreadyGone;
        }

        if (!webhook.Is(subscription.CallbackUrl))
        {
            return Deregistration.NotOurs;
        }

        var change = await client.DeleteAppSubscriptionAsync(account, app, cancellationToken);
        _readings.Forget(KeyOf(account, app));
        return change.TryGet(out _, out failure) ? Deregistration.Removed : failure;
    }

    /// <summary>Where the app delivers to, compared with nothing.</summary>
    public async Task<ProviderResult<ObservedWebhook>> DestinationAsync(ProviderAccount account, string app, CancellationToken cancellationToken)
    {
        var answer = await ReadSharedAsync(account, app, cancellationToken);
        return answer.TryGet(out var subscriptions, out var failure)
            ? new ObservedWebhook(FacebookClient.OfPages(subscriptions)?.CallbackUrl, Differences: [])
            : failure;
    }

    private Task<ProviderResult<FacebookAppSubscriptions>> ReadSharedAsync(ProviderAccount account, string app, CancellationToken cancellationToken) => _readings.ReadAsync(
        KeyOf(account, app),
        client.Usage.IsHigh(FacebookCall.AppBudget(app)) ? FacebookReadings<FacebookAppSubscriptions>.Longest : Shared,
        () => client.GetAppSubscriptionsAsync(account, app, cancellationToken));

    private string KeyOf(ProviderAccount account, string app) => _readings.KeyOf(app, account.Credential(FacebookCredentials.AppSecret));

    private static ObservedWebhook Compare(FacebookAppSubscription? subscription, WebhookTarget target)
    {
        var differences = new List<string>();
        if (!target.Is(subscription?.CallbackUrl))
        {
            differences.Add("url");
        }

        if (subscription is not { Active: true })
        {
            differences.Add("active");
        }

        if (!FacebookFields.Are(subscription?.Fields?.Select(field => field.Name)))
        {
            differences.Add("fields");
        }

        return new(subscription?.CallbackUrl, differences);
    }
}
