namespace MessengerOperator.Runtime;

/// <summary>Leader election by Lease: of several replicas one works, the others wait with warm caches.</summary>
public sealed class LeaderElectionOptions
{
    /// <summary>Default true. False for a single process, such as on a developer's machine.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>The Lease's name; null: <c>&lt;operator name&gt;-leader</c>.</summary>
    public string? LeaseName { get; set; }

    /// <summary>The Lease's namespace; null: the pod's own, else the kubeconfig's, else <c>default</c>.</summary>
    public string? LeaseNamespace { get; set; }

    /// <summary>How long others wait before they take an unrenewed Lease; 1 s to 10 min, default 15 s.</summary>
    public TimeSpan LeaseDuration { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long renewal is tried before leadership counts as lost; shorter than <see cref="LeaseDuration"/>, default 10 s.</summary>
    public TimeSpan RenewDeadline { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The pause between two tries; shorter than <see cref="RenewDeadline"/>, default 2 s.</summary>
    public TimeSpan RetryPeriod { get; set; } = TimeSpan.FromSeconds(2);
}
