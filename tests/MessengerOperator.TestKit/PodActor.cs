using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace MessengerOperator.TestKit;

/// <summary>
/// Plays the kubelet of a control plane without nodes: marks the pods of a namespace as running and ready, so that the real controllers make Deployments
/// available; and removes pods that are being deleted.
/// </summary>
public sealed class PodActor : IAsyncDisposable
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);
    private static readonly string[] ConditionTypes = ["PodScheduled", "Initialized", "ContainersReady", "Ready"];
    private readonly IKubernetes _client;
    private readonly string _namespace;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _acting;

    /// <summary>Acts in one namespace until disposed.</summary>
    public PodActor(IKubernetes client, string inNamespace)
    {
        _client = client;
        _namespace = inNamespace;
        _acting = ActAsync();
    }

    /// <summary>What happens to pods that are not ready yet; default: they become ready.</summary>
    public Action<V1Pod> Act { get; set; } = MakeReady;

    /// <summary>The pod runs and is ready.</summary>
    public static void MakeReady(V1Pod pod) => SetState(pod, ready: true, new V1ContainerState { Running = new V1ContainerStateRunning { StartedAt = Now() } }, "Running");

    /// <summary>The pod's image cannot be pulled.</summary>
    public static void FailImagePull(V1Pod pod) => SetState(
        pod, ready: false, new V1ContainerState { Waiting = new V1ContainerStateWaiting { Reason = "ImagePullBackOff", Message = "Back-off pulling image" } }, "Pending");

    /// <summary>The pod starts and ends again and again.</summary>
    public static void CrashLoop(V1Pod pod) => SetState(
        pod, ready: false, new V1ContainerState { Waiting = new V1ContainerStateWaiting { Reason = "CrashLoopBackOff", Message = "back-off restarting" } }, "Running");

    /// <summary>No node takes the pod.</summary>
    public static void MakeUnschedulable(V1Pod pod)
    {
        ArgumentNullException.ThrowIfNull(pod);
        pod.Status ??= new V1PodStatus();
        pod.Status.Phase = "Pending";
        pod.Status.Conditions = [new V1PodCondition { Type = "PodScheduled", Status = "False", Reason = "Unschedulable", LastTransitionTime = Now() }];
    }

    /// <summary>What happens to pods that are not ready; those that are stay so.</summary>
    public static Action<V1Pod> ToOthers(Action<V1Pod> act) => pod =>
    {
        ArgumentNullException.ThrowIfNull(pod);
        if (pod.Status?.Conditions?.Any(condition => condition is { Type: "Ready", Status: "True" }) != true)
        {
            act(pod);
        }
    };

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _acting;
        _stop.Dispose();
    }

    private static DateTime Now()
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond));
    }

    private static void SetState(V1Pod pod, bool ready, V1ContainerState state, string phase)
    {
        ArgumentNullException.ThrowIfNull(pod);
        pod.Status ??= new V1PodStatus();
        pod.Status.Phase = phase;
        pod.Status.StartTime ??= Now();
        pod.Status.Conditions = [.. ConditionTypes.Select((type, index) => new V1PodCondition
        {
            Type = type,
            Status = ready || index < 2 ? "True" : "False",
            LastTransitionTime = Now(),
        })];
        pod.Status.ContainerStatuses = [.. pod.Spec.Containers.Select(container => new V1ContainerStatus
        {
            Name = container.Name,
            Image = container.Image,
            ImageID = ready ? $"sha256:{container.Name}" : string.Empty,
            Ready = ready,
            Started = ready,
            RestartCount = 0,
            State = state,
        })];
    }

    private async Task ActAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                foreach (var pod in (await _client.CoreV1.ListNamespacedPodAsync(_namespace, cancellationToken: _stop.Token)).Items)
                {
                    await ActOnAsync(pod);
                }

                await Task.Delay(Poll, TimeProvider.System, _stop.Token);
            }
            catch (Exception exception) when (exception is HttpOperationException or HttpRequestException or OperationCanceledException or IOException)
            {
                // The namespace goes, the server is cut off, or the test is over.
            }
        }
    }

    private async Task ActOnAsync(V1Pod pod)
    {
        try
        {
            if (pod.Metadata.DeletionTimestamp is not null)
            {
                await _client.CoreV1.DeleteNamespacedPodAsync(pod.Metadata.Name, _namespace, new V1DeleteOptions { GracePeriodSeconds = 0 }, cancellationToken: _stop.Token);
                return;
            }

            var before = KubernetesJson.Serialize(StateOf(pod));
            Act(pod);
            if (KubernetesJson.Serialize(StateOf(pod)) != before)
            {
                await _client.CoreV1.ReplaceNamespacedPodStatusAsync(pod, pod.Metadata.Name, _namespace, cancellationToken: _stop.Token);
            }
        }
        catch (HttpOperationException exception) when (exception.Response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Conflict)
        {
            // It moved; the next round sees it.
        }
    }

    /// <summary>What the actor decides, without times.</summary>
    private static List<string> StateOf(V1Pod pod) =>
    [
        pod.Status?.Phase ?? string.Empty,
        .. (pod.Status?.Conditions ?? []).Select(condition => $"{condition.Type} {condition.Status}"),
        .. (pod.Status?.ContainerStatuses ?? []).Select(status => $"{status.Name} {status.Ready} {status.State?.Waiting?.Reason}"),
    ];
}
