using k8s.Models;
using MessengerOperator.Api.MessengerIntegrations;
using static MessengerOperator.Api.MessengerIntegrations.MessengerIntegrationConditions;

namespace MessengerOperator.Reconciliation.IntegrationTests.World;

/// <summary>The rules of kstatus, and our own about Ready, that every version of an integration obeys, settled or in mid-pass.</summary>
internal static class StatusRules
{
    private static readonly string[] Ordered =
    [
        SpecAccepted, SecretsResolved, CredentialsValid, AccountClaimed, SinkResolved, ReceiverAvailable, EndpointReachable, WebhookRegistered,
    ];

    // What Ready says of the whole rather than of one condition.
    private static readonly string[] OfTheWhole =
    [
        MessengerIntegrationReasons.Suspended, MessengerIntegrationReasons.Deregistering, MessengerIntegrationReasons.Error,
    ];

    /// <summary>What is wrong with a version; empty when nothing is.</summary>
    public static IEnumerable<string> Violations(MessengerIntegration integration)
    {
        if (integration.Status?.Conditions is not { Count: > 0 } conditions)
        {
            return [];
        }

        var ready = integration.Condition(Ready);
        return ready is null ? ["Ready is missing"] : [.. OfOne(integration, conditions), .. OfAll(integration, conditions, ready)];
    }

    private static IEnumerable<string> OfOne(MessengerIntegration integration, IReadOnlyList<V1Condition> conditions)
    {
        foreach (var condition in conditions)
        {
            if (string.IsNullOrEmpty(condition.Reason) || condition.LastTransitionTime == default || condition.Message is null)
            {
                yield return $"{condition.Type} lacks reason, message or time";
            }

            if (condition.ObservedGeneration > integration.Metadata.Generation || condition.ObservedGeneration is null)
            {
                yield return $"{condition.Type} speaks of generation {condition.ObservedGeneration}, which is not there";
            }

            if (condition.Type is Reconciling or Stalled && condition.Status != "True")
            {
                yield return $"{condition.Type} is {condition.Status} instead of absent";
            }
        }
    }

    private static IEnumerable<string> OfAll(MessengerIntegration integration, IReadOnlyList<V1Condition> conditions, V1Condition ready)
    {
        var (reconciling, stalled) = (integration.Condition(Reconciling), integration.Condition(Stalled));
        if (conditions.Select(condition => condition.Type).Distinct().Count() != conditions.Count)
        {
            yield return "a condition is there twice";
        }

        if (integration.Status!.ObservedGeneration > integration.Metadata.Generation)
        {
            yield return "observedGeneration is above the generation";
        }

        if (reconciling is not null && stalled is not null)
        {
            yield return "Reconciling and Stalled are there together";
        }

        if (ready.Status == "True" && (reconciling ?? stalled) is not null)
        {
            yield return "Ready is True beside Reconciling or Stalled";
        }

        if (ready.Status == "Unknown" && reconciling is null)
        {
            yield return "Ready is Unknown without Reconciling";
        }

        if (ready.Status == "False" && (reconciling ?? stalled) is null && ready.Reason != MessengerIntegrationReasons.Suspended)
        {
            yield return "Ready is False without Reconciling or Stalled";
        }

        if (ready.Status == "True" && ready.Reason == MessengerIntegrationReasons.Ready
            && conditions.Any(condition => condition.ObservedGeneration != integration.Status.ObservedGeneration))
        {
            yield return "Ready is True and a condition speaks of another generation";
        }

        var worst = Ordered.Select(integration.Condition).FirstOrDefault(condition => condition is not null and not { Status: "True" });
        if (worst is not null && ready.ObservedGeneration == worst.ObservedGeneration && !OfTheWhole.Contains(ready.Reason)
            && (ready.Status, ready.Reason, ready.Message) != (worst.Status, worst.Reason, worst.Message))
        {
            yield return $"Ready is {ready.Status} {ready.Reason} but {worst.Type} is {worst.Status} {worst.Reason}";
        }
    }
}
