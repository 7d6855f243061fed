using k8s;
using k8s.Models;
using MessengerOperator.Runtime.Client;
using MessengerOperator.Runtime.Controllers;
using MessengerOperator.Runtime.Finalizers;
using MessengerOperator.Runtime.Health;
using MessengerOperator.Runtime.Informers;
using MessengerOperator.Runtime.Workqueue;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MessengerOperator.Runtime.Hosting;

/// <summary>Adds controllers and informers to the operator.</summary>
public sealed class OperatorBuilder
{
    internal OperatorBuilder(IServiceCollection services) => Services = services;

    /// <summary>The services under construction.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Adds a controller and the informer of its kind, which is had as <see cref="ILister{T}"/>.</summary>
    /// <typeparam name="TController">The controller; made once.</typeparam>
    /// <typeparam name="TEntity">Its kind.</typeparam>
    public OperatorBuilder AddController<TController, TEntity>(Action<ControllerBuilder<TEntity>>? configure = null)
        where TController : class, IEntityController<TEntity>
        where TEntity : class, IKubernetesObject<V1ObjectMeta>
    {
        AddInformer<TEntity>();
        Services.AddSingleton<TController>();
        var builder = new ControllerBuilder<TEntity>(this);
        configure?.Invoke(builder);
        Services.AddSingleton(provider => new ControllerRunner<TEntity>(
            Controller(provider, provider.GetRequiredService<TController>(), builder), provider.GetRequiredService<Informer<TEntity>>(), provider.GetServices<IWatchSource<TEntity>>(),
            provider.GetRequiredService<ResourceClient>(), provider.GetRequiredService<WriteTracker>(), provider.GetRequiredService<IOptions<OperatorOptions>>().Value,
            provider.GetRequiredService<ControllerMetrics>(), provider.GetRequiredService<WorkqueueMetrics>(), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<Func<double>>(), provider.GetRequiredService<ILogger<TController>>()));
        Services.AddSingleton<IControllerRunner>(provider => provider.GetRequiredService<ControllerRunner<TEntity>>());
        return this;
    }

    /// <summary>Adds an informer, had as <see cref="ILister{T}"/>. A kind has one informer, whoever asks for it; settings add up.</summary>
    public OperatorBuilder AddInformer<T>(Action<InformerOptions<T>>? configure = null)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        var options = Shared<InformerOptions<T>>(out var isNew);
        configure?.Invoke(options);
        if (isNew)
        {
            Services.AddSingleton(provider => NewInformer(provider, ResourceType.Of<T>(), provider.GetRequiredService<InformerOptions<T>>()));
            Services.AddSingleton<ILister<T>>(provider => provider.GetRequiredService<Informer<T>>());
            Services.AddSingleton<IInformer>(provider => provider.GetRequiredService<Informer<T>>());
        }

        return this;
    }

    /// <summary>Adds an informer of metadata only, had as <see cref="IMetadataLister{T}"/>.</summary>
    public OperatorBuilder AddMetadataInformer<T>(Action<InformerOptions<PartialObjectMetadata>>? configure = null)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        var options = Shared<MetadataInformerOptions<T>>(out var isNew);
        configure?.Invoke(options.Informer);
        if (isNew)
        {
            Services.AddSingleton(provider => new MetadataInformer<T>(
                NewInformer(provider, ResourceType.Of<T>(), provider.GetRequiredService<MetadataInformerOptions<T>>().Informer)));
            Services.AddSingleton<IMetadataLister<T>>(provider => provider.GetRequiredService<MetadataInformer<T>>());
            Services.AddSingleton<IInformer>(provider => provider.GetRequiredService<MetadataInformer<T>>().Informer);
        }

        return this;
    }

    /// <summary>Adds the health checks <c>informers</c> (tag <c>ready</c>) and <c>controllers</c> (tag <c>live</c>).</summary>
    public OperatorBuilder AddHealthChecks()
    {
        Services.Configure<HealthCheckServiceOptions>(options =>
        {
            options.Registrations.Add(new HealthCheckRegistration(
                "informers", provider => new InformersHealthCheck(provider.GetServices<IInformer>(), provider.GetRequiredService<IOptions<OperatorOptions>>()), HealthStatus.Unhealthy, ["ready"]));
            options.Registrations.Add(new HealthCheckRegistration(
                "controllers", provider => new ControllersHealthCheck(provider.GetServices<IControllerRunner>(), provider.GetRequiredService<IOptions<OperatorOptions>>()),
                HealthStatus.Unhealthy, ["live"]));
        });
        return this;
    }

    private static IEntityController<TEntity> Controller<TEntity>(IServiceProvider provider, IEntityController<TEntity> controller, ControllerBuilder<TEntity> builder)
        where TEntity : class, IKubernetesObject<V1ObjectMeta> => builder.Finalizer is { } finalizer
            ? new FinalizingController<TEntity>(
                controller, (IEntityFinalizer<TEntity>)ActivatorUtilities.CreateInstance(provider, finalizer.Type), finalizer.Identifier, provider.GetRequiredService<FinalizerWriter>())
            : controller;

    private static Informer<T> NewInformer<T>(IServiceProvider provider, ResourceType type, InformerOptions<T> options)
        where T : class, IKubernetesObject<V1ObjectMeta> => new(
            provider.GetRequiredService<ResourceClient>(), type, options, provider.GetRequiredService<IOptions<OperatorOptions>>().Value,
            provider.GetRequiredService<InformerMetrics>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<Func<double>>(),
            provider.GetRequiredService<ILoggerFactory>().CreateLogger<Informer<T>>());

    /// <summary>The one instance of <typeparamref name="T"/> among the services.</summary>
    private T Shared<T>(out bool isNew)
        where T : class, new()
    {
        if (Services.FirstOrDefault(service => service.ServiceType == typeof(T))?.ImplementationInstance is T known)
        {
            isNew = false;
            return known;
        }

        var shared = new T();
        Services.TryAddSingleton(shared);
        isNew = true;
        return shared;
    }
}
