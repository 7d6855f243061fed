using MessengerOperator.Providers.Accounts;

namespace MessengerOperator.Providers.Facebook;

/// <summary>The page level: the app's subscription to a page. It has no URL; Facebook ends it after an hour of failed deliveries, and only a new one revives it.</summary>
internal sealed class FacebookPageWebhook(FacebookClient client)
{
    public async Task<ProviderResult<ObservedWebhook>> ObserveAsync(ProviderAccount account, string page, string app, CancellationToken cancellationToken)
    {
        var answer = await client.GetSubscribedAppsAsync(account, page, cancellationToken);
        if (!answer.TryGet(out var apps, out var failure))
        {
            return failure;
        }

        IReadOnlyList<string> differences = Find(apps, app) switch
        {
            null => ["subscription"],
            var ours when !FacebookFields.Are(ours.SubscribedFields) => ["subscribedFields"],
            _ => [],
        };
        return new ObservedWebhook(Url: null, differences);
    }

    public async Task<ProviderResult<Registered>> RegisterAsync(ProviderAccount account, string page, CancellationToken cancellationToken)
    {
        var change = await client.SubscribeAsync(account, page, cancellationToken);
        return change.TryGet(out _, out var failure) ? new Registered(Changed: true) : failure;
    }

    public async Task<ProviderResult<Deregistration>> DeregisterAsync(ProviderAccount account, string page, string app, CancellationToken cancellationToken)
    {
        var answer = await client.GetSubscribedAppsAsync(account, page, cancellationToken);
        if (!answer.TryGet(out var apps, out var failure))
        {
            return failure;
        }

        if (Find(apps, app) is null)
        {
            return Deregistration.AlreadyGone;
        }

        var change = await client.UnsubscribeAsync(account, page, cancellationToken);
        return change.TryGet(out _, out failure) ? Deregistration.Removed : failure;
    }

    private static FacebookSubscribedApp? Find(FacebookSubscribedApps apps, string app) => apps.Data.FirstOrDefault(subscribed => subscribed.Id == app);
}
