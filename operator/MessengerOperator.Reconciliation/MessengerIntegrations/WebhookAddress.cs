using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Providers.Accounts;

namespace MessengerOperator.Reconciliation.MessengerIntegrations;

/// <summary>Where a provider calls, as the spec and the operator's defaults say; without a token that may end the path.</summary>
internal static class WebhookAddress
{
    /// <summary>Scheme, host and port; null when nobody says.</summary>
    public static string? Authority(MessengerIntegration integration, IntegrationOptions options) =>
        (integration.Spec.Webhook.Url ?? options.WebhookUrl?.GetLeftPart(UriPartial.Authority))?.TrimEnd('/');

    /// <summary>The path. A webhook that the group shares has the group's.</summary>
    public static string Path(MessengerIntegration integration, IEnumerable<RegistrationScope> scopes) =>
        integration.Spec.Webhook.Path ?? (scopes.Any(scope => scope.IsShared) ? ReceiverGroups.DefaultPath(integration) : OwnPath(integration));

    /// <summary>Whether the path may be that one: what is left open is what only the provider knows.</summary>
    public static bool MayHavePath(MessengerIntegration integration, string path) =>
        integration.Spec.Webhook.Path is { } set ? set == path : path == ReceiverGroups.DefaultPath(integration) || path == OwnPath(integration);

    private static string OwnPath(MessengerIntegration integration) => $"/{integration.Metadata.NamespaceProperty}/{integration.Metadata.Name}";
}
