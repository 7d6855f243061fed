using k8s;
using k8s.Models;
using MessengerOperator.Meta;

namespace MessengerOperator.Runtime.IntegrationTests.Widgets;

[KubernetesEntity(Group = "runtime.test", ApiVersion = "v1", Kind = "Widget", PluralName = "widgets")]
public sealed class Widget : IKubernetesObject<V1ObjectMeta>, IStatus<WidgetStatus?>
{
    public string ApiVersion { get; set; } = "runtime.test/v1";

    public string Kind { get; set; } = "Widget";

    public V1ObjectMeta Metadata { get; set; } = new();

    public WidgetSpec Spec { get; set; } = new();

    public WidgetStatus? Status { get; set; }
}

public sealed record WidgetSpec
{
    public string? Text { get; init; }

    public bool? Suspend { get; init; }
}

public sealed record WidgetStatus : IConditioned<WidgetStatus>
{
    public long? ObservedGeneration { get; init; }

    public IReadOnlyList<string>? Ledger { get; init; }

    public IReadOnlyList<V1Condition>? Conditions { get; init; }

    public WidgetStatus WithConditions(IReadOnlyList<V1Condition> conditions, long? observedGeneration) =>
        this with { Conditions = conditions, ObservedGeneration = observedGeneration };
}
