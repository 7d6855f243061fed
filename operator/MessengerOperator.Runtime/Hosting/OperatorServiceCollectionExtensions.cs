using k8s;
using MessengerOperator.Runtime;
using MessengerOperator.Runtime.Apply;
using MessengerOperator.Runtime.Client;
using MessengerOperator.Runtime.Conditions;
using MessengerOperator.Runtime.Controllers;
using MessengerOperator.Runtime.Discovery;
using MessengerOperator.Runtime.Events;
using MessengerOperator.Runtime.Finalizers;
using MessengerOperator.Runtime.Hosting;
using MessengerOperator.Runtime.Informers;
using MessengerOperator.Runtime.LeaderElection;
using MessengerOperator.Runtime.Workqueue;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the controller runtime.</summary>
public static class OperatorServiceCollectionExtensions
{
    /// <summary>
    /// Adds the runtime: client, informers, queues, events, apply, discovery, leader election, health checks. A <see cref="Kubernetes"/>, a
    /// <see cref="TimeProvider"/> or a <see cref="KubernetesClientConfiguration"/> registered before is used instead of the default.
    /// </summary>
    public static OperatorBuilder AddKubernetesOperator(this IServiceCollection services, Action<OperatorOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptionsWithValidateOnStart<OperatorOptions>();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<OperatorOptions>, OperatorOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<Func<double>>(static () => Random.Shared.NextDouble());
        AddClient(services);
        AddParts(services);
        return new OperatorBuilder(services);
    }

    private static void AddClient(IServiceCollection services)
    {
        services.TryAddSingleton(provider => KubernetesClientFactory.LoadConfiguration(provider.GetRequiredService<IOptions<OperatorOptions>>().Value.Name));
        services.TryAddSingleton(provider => new Kubernetes(provider.GetRequiredService<KubernetesClientConfiguration>()));
        services.TryAddSingleton<IKubernetes>(provider => provider.GetRequiredService<Kubernetes>());
        services.TryAddSingleton(provider => KubernetesClientFactory.Identify(provider.GetRequiredService<KubernetesClientConfiguration>()));
        services.TryAddSingleton<ResourceClient>();
        services.TryAddSingleton<WriteTracker>();
    }

    private static void AddParts(IServiceCollection services)
    {
        services.TryAddSingleton<WorkqueueMetrics>();
        services.TryAddSingleton<ControllerMetrics>();
        services.TryAddSingleton<InformerMetrics>();
        services.TryAddSingleton<EventMetrics>();
        services.TryAddSingleton<LeaderMetrics>();
        services.TryAddSingleton<LeaderLease>();
        services.TryAddSingleton<IApiDiscovery, ApiDiscovery>();
        services.TryAddSingleton<IResourceApplier, ResourceApplier>();
        services.TryAddSingleton<EventRecorder>();
        services.TryAddSingleton<EventPublisher>(provider => provider.GetRequiredService<EventRecorder>().Publish);
        services.TryAddSingleton<StatusWriter>();
        services.TryAddSingleton<FinalizerWriter>();
        services.TryAddSingleton<UncertaintyTracker>();
        services.TryAddSingleton(provider => new PipelineFrame(
            provider.GetRequiredService<StatusWriter>(), provider.GetRequiredService<FinalizerWriter>(), provider.GetRequiredService<UncertaintyTracker>(),
            provider.GetRequiredService<EventPublisher>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<IOptions<OperatorOptions>>(),
            provider.GetRequiredService<ILoggerFactory>()));

        // Started first, stopped last: what the operator says while it stops is still written.
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, EventRecorder>(provider => provider.GetRequiredService<EventRecorder>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, OperatorHost>());
    }
}
