using System.Collections.Concurrent;
using MessengerOperator.Runtime.Controllers;

namespace MessengerOperator.Runtime.IntegrationTests.Widgets;

/// <summary>What the widget controller does, set by a test, and what it did.</summary>
public sealed class WidgetScript
{
    public ScriptedStep First { get; } = new("Accepted");

    public ScriptedStep Second { get; } = new("Built");

    public ScriptedStep Reported { get; } = new("Healthy", countsForReady: false);

    public IReadOnlyList<IReconcileStep<WidgetContext>> Steps => [First, Second, Reported];

    public Func<WidgetContext, ValueTask<StepOutcome>> Finalize { get; set; } = _ => new(StepOutcome.Done);

    public ConcurrentDictionary<string, int> Passes { get; } = new();

    public ConcurrentBag<string> Deleted { get; } = [];
}
