namespace MessengerOperator.Runtime;

/// <summary>How the operator runs. Checked at start-up; a value out of its range stops it.</summary>
public sealed class OperatorOptions
{
    /// <summary>The operator's name: field manager, event source, user agent, lease. A DNS label; default <c>operator</c>.</summary>
    public string Name { get; set; } = "operator";

    /// <summary>The annotation on children that names the applied intent; null: <c>&lt;operator name&gt;/applied-intent</c>.</summary>
    public string AppliedIntentAnnotation
    {
        get => field ?? $"{Name}/applied-intent";
        set;
    }

    /// <summary>The namespaces whose objects are watched; empty: all.</summary>
    public IReadOnlyList<string> Namespaces { get; set; } = [];

    /// <summary>Only objects of the reconciled kinds with these labels are watched; null: all. Shards a large fleet over several operators.</summary>
    public string? LabelSelector { get; set; }

    /// <summary>How many objects of a kind are reconciled at the same time, 1 to 256; default 8.</summary>
    public int MaxParallelReconciliations { get; set; } = 8;

    /// <summary>A single pass that takes longer is cancelled and retried with back-off; 1 s to 1 h, default 5 min.</summary>
    public TimeSpan ReconcileTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Every object is looked at this often without any cause, ±20 %; 1 min to 7 days, default 1 h.</summary>
    public TimeSpan ResyncPeriod { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long "could not tell" keeps the last good verdict; 0 to 24 h, default 10 min.</summary>
    public TimeSpan UncertaintyGracePeriod { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>The first pause after an error, doubled each time, ±20 %; 1 ms to 1 min, default 500 ms.</summary>
    public TimeSpan MinBackoff { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest pause after an error; 1 s to 1 h, default 5 min.</summary>
    public TimeSpan MaxBackoff { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a shutdown waits for passes under way; 0 to 10 min, default 20 s. Keep it below the pod's termination grace period.</summary>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Objects per page of a list, 1 to 10000; default 500.</summary>
    public int ListPageSize { get; set; } = 500;

    /// <summary>How long the API server keeps a watch open, 10 s to 1 h; default 5 min. Also bounds how long a dead connection stays unnoticed.</summary>
    public TimeSpan WatchTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Without contact to the API server for this long, readiness fails; 1 s to 24 h, default 10 min. Longer than <see cref="WatchTimeout"/>.</summary>
    public TimeSpan StaleAfter { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Leader election.</summary>
    public LeaderElectionOptions LeaderElection { get; set; } = new();

    /// <summary>Sets <see cref="Name"/>.</summary>
    public OperatorOptions WithName(string name)
    {
        Name = name;
        return this;
    }

    /// <summary>Sets <see cref="Namespaces"/>.</summary>
    public OperatorOptions WithNamespaces(params IReadOnlyList<string> namespaces)
    {
        Namespaces = namespaces;
        return this;
    }

    /// <summary>Sets <see cref="LabelSelector"/>.</summary>
    public OperatorOptions WithLabelSelector(string? labelSelector)
    {
        LabelSelector = labelSelector;
        return this;
    }

    /// <summary>Sets <see cref="LeaderElectionOptions.Enabled"/>.</summary>
    public OperatorOptions WithLeaderElection(bool enabled = true)
    {
        LeaderElection.Enabled = enabled;
        return this;
    }

    /// <summary>Sets <see cref="MaxParallelReconciliations"/>.</summary>
    public OperatorOptions WithParallelReconciliation(int maxParallelReconciliations)
    {
        MaxParallelReconciliations = maxParallelReconciliations;
        return this;
    }
}
