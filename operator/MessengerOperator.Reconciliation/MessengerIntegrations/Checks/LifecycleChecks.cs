using MessengerOperator.Api.MessengerIntegrations;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Checks;

/// <summary>Pace and end of an integration.</summary>
internal static class LifecycleChecks
{
    private static readonly TimeSpan LeastCheckInterval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan GreatestCheckInterval = TimeSpan.FromHours(24);
    private static readonly TimeSpan GreatestDeadline = TimeSpan.FromHours(168);

    public static IEnumerable<SpecViolation> Of(MessengerIntegrationSpec spec) =>
    [
        .. CheckIntervalIsInRange(spec.CheckInterval),
        .. Rule.IsRecognized(spec.DeletionPolicy, "spec.deletionPolicy"),
        .. DeregistrationDeadlineIsInRange(spec.DeregistrationDeadline),
    ];

    private static IEnumerable<SpecViolation> CheckIntervalIsInRange(Duration interval) => Rule.Holds(
        interval.IsValid && interval.Value >= LeastCheckInterval && interval.Value <= GreatestCheckInterval,
        "spec.checkInterval",
        SpecMessages.CheckIntervalIsInRange);

    private static IEnumerable<SpecViolation> DeregistrationDeadlineIsInRange(Duration deadline) => Rule.Holds(
        deadline.IsValid && deadline.Value <= GreatestDeadline, "spec.deregistrationDeadline", SpecMessages.DeregistrationDeadlineIsInRange);
}
