using MessengerOperator.Meta.Entities;

namespace MessengerOperator.Api.MessengerIntegrations;

/// <summary>Scaling of the receiver by load (a HorizontalPodAutoscaler).</summary>
[ValidationRule("!has(self.minReplicas) || self.minReplicas <= self.maxReplicas", SpecMessages.MinReplicasIsAtMostMax)]
public sealed record AutoscalingSpec
{
    /// <summary>Least number of receiver pods.</summary>
    [DefaultValue(1)]
    [RangeMinimum(1)]
    [RangeMaximum(100)]
    public int MinReplicas { get; init; } = 1;

    /// <summary>Greatest number of receiver pods.</summary>
    [Required]
    [RangeMinimum(1)]
    [RangeMaximum(100)]
    public int MaxReplicas { get; init; }

    /// <summary>Average CPU use to aim at, in percent of the request.</summary>
    [DefaultValue(70)]
    [RangeMinimum(1)]
    [RangeMaximum(100)]
    public int TargetCPUUtilizationPercentage { get; init; } = 70;
}
