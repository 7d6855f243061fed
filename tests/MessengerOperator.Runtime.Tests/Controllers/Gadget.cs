using k8s;
using k8s.Models;
using MessengerOperator.Meta;
using MessengerOperator.Runtime.Controllers;

namespace MessengerOperator.Runtime.Tests.Controllers;

[KubernetesEntity(Group = "runtime.test", ApiVersion = "v1", Kind = "Gadget", PluralName = "gadgets")]
public sealed class Gadget : IKubernetesObject<V1ObjectMeta>, IStatus<GadgetStatus?>
{
    public string ApiVersion { get; set; } = "runtime.test/v1";

    public string Kind { get; set; } = "Gadget";

    public V1ObjectMeta Metadata { get; set; } = new();

    public GadgetStatus? Status { get; set; }
}

public sealed record GadgetStatus : IConditioned<GadgetStatus>
{
    public long? ObservedGeneration { get; init; }

    public IReadOnlyList<string>? Ledger { get; init; }

    public IReadOnlyList<V1Condition>? Conditions { get; init; }

    public GadgetStatus WithConditions(IReadOnlyList<V1Condition> conditions, long? observedGeneration) =>
        this with { Conditions = conditions, ObservedGeneration = observedGeneration };
}

public sealed class GadgetContext(Gadget gadget) : PipelineContext<Gadget, GadgetStatus>(gadget);
