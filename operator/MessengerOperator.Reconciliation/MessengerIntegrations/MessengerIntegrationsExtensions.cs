using k8s;
using k8s.Models;
using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Meta;
using MessengerOperator.Reconciliation.MessengerIntegrations.Accounts;
using MessengerOperator.Reconciliation.MessengerIntegrations.Children;
using MessengerOperator.Reconciliation.MessengerIntegrations.Exposure;
using MessengerOperator.Reconciliation.MessengerIntegrations.Probing;
using MessengerOperator.Reconciliation.MessengerIntegrations.Receivers;
using MessengerOperator.Reconciliation.MessengerIntegrations.Registrations;
using MessengerOperator.Reconciliation.MessengerIntegrations.Secrets;
using MessengerOperator.Reconciliation.MessengerIntegrations.Sinks;
using MessengerOperator.Reconciliation.MessengerIntegrations.Steps;
using MessengerOperator.Runtime.Hosting;
using MessengerOperator.Runtime.Informers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MessengerOperator.Reconciliation.MessengerIntegrations;

/// <summary>Registers the controller of <see cref="MessengerIntegration"/>s.</summary>
public static class MessengerIntegrationsExtensions
{
    private const string ProbeClientName = "probe";

    /// <summary>Adds the controller, its steps, and what wakes it. The providers and their HTTP are added beside it.</summary>
    public static OperatorBuilder AddMessengerIntegrations(this OperatorBuilder builder, Action<IntegrationOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddOptionsWithValidateOnStart<IntegrationOptions, IntegrationOptionsValidator>().Configure(configure);
        builder.Services.AddState().AddSteps().AddProbe().AddReceiverStatus();
        return builder.AddController<MessengerIntegrationController, MessengerIntegration>(controller => controller
            .Index(IntegrationIndexes.BySecret, IntegrationIndexes.Secrets)
            .Index(IntegrationIndexes.ByReceiver, IntegrationIndexes.Receivers)
            .Index(IntegrationIndexes.ByAccount, IntegrationIndexes.Accounts)
            .Index(IntegrationIndexes.ByScope, IntegrationIndexes.Scopes)
            .Owns<V1Deployment>(OursOnly)
            .Owns<V1Service>(OursOnly)
            .Owns<V1ConfigMap>(options =>
            {
                OursOnly(options);
                options.Indexes[ConfigMapIndexes.ByOwner] = ConfigMapIndexes.Owners;
            })

            // Those that have not joined yet own nothing of it, and may be waiting for a place in it.
            .Watches<V1ConfigMap>((map, integrations) => Members(map, integrations).Select(NamespacedName.Of))
            .WatchesChanges<MessengerIntegration>(ReceiverNeighbours.Of)
            .Owns<V1NetworkPolicy>(OursOnly)
            .Watches<V1PersistentVolumeClaim>((claim, integrations) => Members(claim, integrations).Select(NamespacedName.Of), OursOnly)
            .Owns<V1HorizontalPodAutoscaler>(OursOnly)
            .Owns<V1Ingress>(options => OursIfServed(options).Indexes[RouteIndexes.ByUrl] = RouteIndexes.Urls)
            .Owns<V1HttpRoute>(options => OursIfServed(options).Indexes[RouteIndexes.ByUrl] = RouteIndexes.Urls)
            .WatchesMetadata<V1Secret>((secret, integrations) => integrations
                .ByIndex(IntegrationIndexes.BySecret, NamespacedName.Of(secret).ToString())
                .Select(NamespacedName.Of))
            .Watches<V1Pod>((pod, integrations) => Members(pod, integrations).Select(NamespacedName.Of), OursOnly)
            .Watches<MessengerIntegration>((integration, integrations) => Rivals(integration, integrations)
                .Where(rival => rival.Metadata.Uid != integration.Metadata.Uid)
                .Select(NamespacedName.Of)));
    }

    // Those that share a scope are many and get along; only one that was turned away waits for a change of another.
    private static IEnumerable<MessengerIntegration> Rivals(MessengerIntegration integration, ILister<MessengerIntegration> integrations) =>
        IntegrationIndexes.Accounts(integration).SelectMany(account => integrations.ByIndex(IntegrationIndexes.ByAccount, account))
            .Concat(IntegrationIndexes.Scopes(integration).SelectMany(scope => integrations.ByIndex(IntegrationIndexes.ByScope, scope)).Where(IsTurnedAway));

    private static bool IsTurnedAway(MessengerIntegration integration) =>
        integration.Status?.Conditions?.Any(condition => condition is { Type: MessengerIntegrationConditions.AccountClaimed, Status: not "True" }) == true;

    private static IEnumerable<MessengerIntegration> Members(IKubernetesObject<V1ObjectMeta> child, ILister<MessengerIntegration> integrations) =>
        ReceiverGroup.Of(child) is { } group ? integrations.ByIndex(IntegrationIndexes.ByReceiver, group.IndexValue) : [];

    private static void OursOnly<T>(InformerOptions<T> options)
        where T : class, IKubernetesObject<V1ObjectMeta> => options.LabelSelector = ReceiverLabels.Selector;

    private static InformerOptions<T> OursIfServed<T>(InformerOptions<T> options)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        OursOnly(options);
        options.IsOptional = true;
        return options;
    }

    private static IServiceCollection AddState(this IServiceCollection services) => services
        .AddSingleton<IntegrationMemories>()
        .AddSingleton<AccountClaims>()
        .AddSingleton<ProviderAccounts>()
        .AddSingleton<AccountNotices>()
        .AddSingleton<IntegrationMetrics>();

    private static IServiceCollection AddSteps(this IServiceCollection services) => services
        .AddSingleton<AcceptSpec>()
        .AddSingleton<SecretReader>()
        .AddSingleton<WebhookSecretStore>()
        .AddSingleton<ResolveSecrets>()
        .AddSingleton<TestConnection>()
        .AddSingleton<ClaimAccount>()
        .AddSingleton<AddressableReader>()
        .AddSingleton<BrokerResolver>()
        .AddSingleton<SinkResolver>()
        .AddSingleton<ResolveSink>()
        .AddSingleton<RolloutHold>()
        .AddSingleton<ReceiverChildren>()
        .AddSingleton<ReceiverClaim>()
        .AddSingleton<ReceiverMembership>()
        .AddSingleton<IntegrationReader>()
        .AddSingleton<ReceiverPods>()
        .AddSingleton<DeployReceiver>()
        .AddSingleton<WebhookRoutes>()
        .AddSingleton<ProbeEndpoint>()
        .AddSingleton<WebhookRegistrar>()
        .AddSingleton<Deregistrar>()
        .AddSingleton<DepartedAccounts>()
        .AddSingleton<RegisterWebhook>()
        .AddSingleton<ObserveDelivery>()
        .AddSingleton<NamespaceReader>()
        .AddSingleton<MessengerIntegrationFinalizer>();

    private static IServiceCollection AddProbe(this IServiceCollection services)
    {
        services.AddHttpClient(ProbeClientName, client => client.Timeout = Timeout.InfiniteTimeSpan) // the probe has a deadline of its own
            .UseSocketsHttpHandler((handler, provider) =>
            {
                handler.AllowAutoRedirect = false;
                handler.UseCookies = false;
                handler.PooledConnectionLifetime = TimeSpan.Zero; // each probe proves name, route and certificate afresh
                if (provider.GetRequiredService<IOptions<IntegrationOptions>>().Value.ProbeCaBundleFile is { } bundle)
                {
                    handler.SslOptions.RemoteCertificateValidationCallback = new AdditionalAuthorities(bundle).Validate;
                }
            })
            .RemoveAllLoggers(); // a webhook's path may hold a token
        return services.AddSingleton(provider => ActivatorUtilities.CreateInstance<EndpointProbe>(
            provider, provider.GetRequiredService<IHttpClientFactory>().CreateClient(ProbeClientName)));
    }

    private static IServiceCollection AddReceiverStatus(this IServiceCollection services)
    {
        services.AddHttpClient(ReceiverStatusReader.ClientName, ReceiverStatusReader.Configure)
            .UseSocketsHttpHandler((handler, _) =>
            {
                handler.AllowAutoRedirect = false;
                handler.UseCookies = false;
                handler.UseProxy = false; // pods are reached directly
                handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5);
            })
            .RemoveAllLoggers();
        return services.AddSingleton(provider => ActivatorUtilities.CreateInstance<ReceiverStatusReader>(
            provider, provider.GetRequiredService<IHttpClientFactory>().CreateClient(ReceiverStatusReader.ClientName)));
    }
}
