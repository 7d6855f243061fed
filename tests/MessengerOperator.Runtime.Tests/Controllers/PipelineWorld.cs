using k8s;
using k8s.Models;
using MessengerOperator.Runtime.Client;
using MessengerOperator.Runtime.Conditions;
using MessengerOperator.Runtime.Controllers;
using MessengerOperator.Runtime.Finalizers;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace MessengerOperator.Runtime.Tests.Controllers;

/// <summary>One gadget, its controller, and a clock.</summary>
internal sealed class PipelineWorld : IDisposable
{
    private readonly Kubernetes _kubernetes;

    public PipelineWorld()
    {
        _kubernetes = new Kubernetes(new KubernetesClientConfiguration { Host = "http://api.test" }, Api);
        var client = new ResourceClient(_kubernetes, Time);
        var writes = new WriteTracker();
        Controller = new GadgetController(new PipelineFrame(
            new StatusWriter(client, writes), new FinalizerWriter(client, writes, Time), new UncertaintyTracker(Time), (_, reason, _, type) => Events.Add($"{type} {reason}"), Time,
            Options.Create(new OperatorOptions()), NullLoggerFactory.Instance));
        Gadget = new Gadget
        {
            Metadata = new V1ObjectMeta { Name = "one", NamespaceProperty = "ns", Uid = "u", ResourceVersion = "1", Generation = 1, Finalizers = ["runtime.test/cleanup"] },
        };
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.Zero));

    public GadgetApi Api { get; } = new();

    public GadgetController Controller { get; }

    public Gadget Gadget { get; private set; }

    public List<string> Events { get; } = [];

    public async Task<ReconciliationResult<Gadget>> PassAsync()
    {
        // Each pass starts from a copy, as the workers do.
        var result = await Controller.ReconcileAsync(EntityCopy.DeepCopy(Gadget), TestContext.Current.CancellationToken);
        Gadget = result.Entity;
        return result;
    }

    public V1Condition? Condition(string type) => Gadget.Status?.Conditions?.SingleOrDefault(condition => condition.Type == type);

    public void Dispose() => _kubernetes.Dispose();
}
