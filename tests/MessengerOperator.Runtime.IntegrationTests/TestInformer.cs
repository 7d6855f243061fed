using System.Diagnostics.Metrics;
using k8s;
using k8s.Models;
using MessengerOperator.Runtime.Client;
using MessengerOperator.Runtime.Informers;
using MessengerOperator.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace MessengerOperator.Runtime.IntegrationTests;

/// <summary>One informer against the real API server, with every change it told.</summary>
internal sealed class TestInformer<T> : IAsyncDisposable
    where T : class, IKubernetesObject<V1ObjectMeta>
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly CancellationTokenSource _stop = new();
    private readonly Kubernetes _kubernetes;
    private readonly List<Delta<T>> _changes = [];
    private readonly Task _running;

    public TestInformer(KubernetesClientConfiguration configuration, ResourceType type, OperatorOptions options, InformerOptions<T>? informerOptions = null, bool keepReceived = false)
    {
        Requests = new RequestLog(keepReceived);
        _kubernetes = new Kubernetes(configuration, Requests);
        Informer = new Informer<T>(
            new ResourceClient(_kubernetes, TimeProvider.System), type, informerOptions ?? new InformerOptions<T>(), options,
            new InformerMetrics(_services.GetRequiredService<IMeterFactory>()), TimeProvider.System, () => 0.5, NullLogger.Instance);
        Informer.Subscribe(change =>
        {
            lock (_changes)
            {
                _changes.Add(change);
            }
        });
        _running = Informer.RunAsync(_stop.Token);
    }

    public Informer<T> Informer { get; }

    public RequestLog Requests { get; }

    public IReadOnlyList<Delta<T>> Changes
    {
        get
        {
            lock (_changes)
            {
                return [.. _changes];
            }
        }
    }

    public int Lists => Requests.Requests.Count(request => request.Path.Contains("limit=", StringComparison.Ordinal) && !request.Path.Contains("continue=", StringComparison.Ordinal));

    public bool Has(string name) => Informer.List().Any(entity => entity.Metadata.Name == name);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _kubernetes.Dispose();
        _stop.Dispose();
        await _services.DisposeAsync();
    }
}
