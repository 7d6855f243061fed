using k8s.Models;
using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Runtime.Informers;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Children;

/// <summary>Finds out from pods and Deployment why a receiver does not run.</summary>
internal sealed class ReceiverPods(ILister<V1Pod> pods, ReceiverClaim claim)
{
    private static readonly HashSet<string> PullFailures = new(StringComparer.Ordinal)
    {
        "ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull", "RegistryUnavailable", "ImageInspectError",
    };

    private static readonly HashSet<string> StartFailures = new(StringComparer.Ordinal)
    {
        "CrashLoopBackOff", "RunContainerError", "CreateContainerError", "CreateContainerConfigError",
    };

    /// <summary>What is wrong; null when nothing is, or nothing yet.</summary>
    public PodTrouble? Trouble(ReceiverGroup group, V1Deployment deployment)
    {
        var failure = deployment.Status?.Conditions?.FirstOrDefault(condition => condition is { Type: "ReplicaFailure", Status: "True" });
        if (failure is not null)
        {
            // The only place where a quota shows; the API server's text is looked at, never shown.
            return failure.Message?.Contains("quota", StringComparison.OrdinalIgnoreCase) == true
                || failure.Message?.Contains("LimitRange", StringComparison.OrdinalIgnoreCase) == true
                    ? new(MessengerIntegrationReasons.QuotaExceeded, Messages.QuotaExceeded)
                    : new(MessengerIntegrationReasons.QuotaExceeded, Messages.PodsRefused);
        }

        return pods.List(group.Namespace)
            .Where(pod => group.Selector.All(label => pod.Metadata.Labels?.TryGetValue(label.Key, out var value) == true && value == label.Value))
            .Where(pod => pod.Metadata.DeletionTimestamp is null)
            .Select(pod => Trouble(group, pod))
            .FirstOrDefault(trouble => trouble is not null);
    }

    private PodTrouble? Trouble(ReceiverGroup group, V1Pod pod)
    {
        if (pod.Status?.Conditions?.Any(condition => condition is { Type: "PodScheduled", Status: "False", Reason: "Unschedulable" }) == true)
        {
            // Which of the two it is, only the scheduler's text tells.
            var waitsForVolume = claim.Find(group) is { Status.Phase: not "Bound" };
            return new(MessengerIntegrationReasons.Unschedulable, waitsForVolume ? Messages.UnschedulableWithClaim(group.Name) : Messages.Unschedulable);
        }

        var waiting = pod.Status?.ContainerStatuses?.Select(status => status.State?.Waiting?.Reason).OfType<string>().ToList() ?? [];
        if (waiting.Exists(PullFailures.Contains))
        {
            return new(MessengerIntegrationReasons.ImagePullFailed, Messages.ImagePullFailed);
        }

        return waiting.Exists(StartFailures.Contains) ? new(MessengerIntegrationReasons.CrashLooping, Messages.CrashLooping) : null;
    }
}
