using MessengerOperator.Providers.Accounts;

namespace MessengerOperator.Providers.Nexmo;

/// <summary>Mode Messages: the webhooks of an application. Read, change, write back whole; the application itself is never deleted.</summary>
internal sealed class NexmoApplicationRegistration(NexmoClient client, string id) : INexmoRegistration
{
    private const string WrongVersion =
        "The application delivers in version v0.1, which cannot be read; in Vonage's dashboard, Applications, edit the application, Capabilities, Messages, choose version v1.";

    public async Task<ProviderResult<ObservedWebhook>> ObserveAsync(NexmoLogin login, WebhookTarget target, CancellationToken cancellationToken)
    {
        var answer = await client.GetApplicationAsync(login, id, cancellationToken);
        return answer.TryGet(out var application, out var failure)
            ? new ObservedWebhook(application.InboundUrl, Differences(application, target), ManualAction: application.DeliversOtherVersion ? WrongVersion : null)
            : failure;
    }

    public async Task<ProviderResult<Registered>> RegisterAsync(NexmoLogin login, WebhookTarget target, CancellationToken cancellationToken)
    {
        var answer = await client.GetApplicationAsync(login, id, cancellationToken);
        if (!answer.TryGet(out var application, out var failure))
        {
            return failure;
        }

        var url = target.Url.AbsoluteUri;
        var update = await client.PutApplicationAsync(login, id, application.WithWebhooks(url, url), cancellationToken);
        return update.TryGet(out _, out failure) ? new Registered(Changed: true) : failure;
    }

    public async Task<ProviderResult<Deregistration>> DeregisterAsync(NexmoLogin login, RegisteredWebhook webhook, CancellationToken cancellationToken)
    {
        var answer = await client.GetApplicationAsync(login, id, cancellationToken);
        if (!answer.TryGet(out var application, out var failure))
        {
            // The account is known to be ours, so the application was deleted, and its webhooks with it.
            return failure is ProviderFailure.AccountMismatch ? Deregistration.AlreadyGone : failure;
        }

        var (inbound, status) = (webhook.Is(application.InboundUrl), webhook.Is(application.StatusUrl));
        if (!inbound && !status)
        {
            return NexmoDifferences.NothingOfOurs(application.InboundUrl, application.StatusUrl);
        }

        var removal = await client.PutApplicationAsync(login, id, application.WithWebhooks(inbound ? "" : null, status ? "" : null), cancellationToken);
        if (removal.Failure is ProviderFailure.Rejected && inbound && status)
        {
            // It is not documented which of two forms Vonage takes. Without the capability nobody can send through the application either, so that is the second choice.
            removal = await client.PutApplicationAsync(login, id, application.WithoutMessages(), cancellationToken);
        }

        return removal.TryGet(out _, out failure) ? Deregistration.Removed : failure;
    }

    private static List<string> Differences(NexmoApplication application, WebhookTarget target)
    {
        var differences = NexmoDifferences.Of(target, application.InboundUrl, application.StatusUrl);
        if (application.InboundUrl is not null && !application.PostsInbound)
        {
            differences.Add("inboundMethod");
        }

        if (application.StatusUrl is not null && !application.PostsStatus)
        {
            differences.Add("statusMethod");
        }

        return differences;
    }
}
