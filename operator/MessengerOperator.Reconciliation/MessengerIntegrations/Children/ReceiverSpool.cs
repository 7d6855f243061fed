using System.Globalization;
using k8s.Models;
using MessengerOperator.Api.MessengerIntegrations;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Children;

/// <summary>The spool of a receiver's pods: where it is, how large, and how long a pod that goes may work on what is in it.</summary>
internal static class ReceiverSpool
{
    /// <summary>Least <c>sizeLimit</c> that leaves the receiver a spool to work with.</summary>
    public const long LeastLimitBytes = 16 * Mebi;

    private const string VolumeName = "spool";
    private const string Mount = "/var/lib/messenger-receiver";

    // Of its own, since the root of a volume may hold what its file system puts there.
    private const string Folder = Mount + "/spool";

    private const long Mebi = 1024 * 1024;

    // What one request may need of the write-ahead log beyond its ordinary size.
    private const long RequestReserve = 4 * Mebi;

    private const int LameduckSeconds = 5;

    // Time for the process to end and for the kubelet to notice.
    private const int MarginSeconds = 15;

    /// <summary>
    /// What the receiver is told that its folder may hold. The volume's limit is not to be reached ever: the kubelet evicts the pod then, and an emptyDir goes with it.
    /// At worst the folder holds, in shares of the size: a damaged file at its largest that was set aside, 33/32; a quarter in the new one; a write-ahead log beside each, 1/16; the reserve for a full
    /// disk, 1/16. That is 1.47 times the size and what a large request adds; hence two thirds of the limit, less something for that request.
    /// </summary>
    public static long SizeBytes(SpoolSpec spool)
    {
        var bytes = (spool.SizeLimit.ToInt64() - RequestReserve) / 3 * 2;
        return bytes - (bytes % Mebi);
    }

    /// <summary>Flags of the receiver.</summary>
    public static IEnumerable<string> Arguments(SpoolSpec spool)
    {
        yield return "--lameduck";
        yield return Seconds(LameduckSeconds);
        yield return "--drain-timeout";
        yield return Seconds(DrainSeconds(spool));
        if (HasVolume(spool))
        {
            yield return "--spool";
            yield return Folder;
            yield return "--spool-size";
            yield return string.Create(CultureInfo.InvariantCulture, $"{SizeBytes(spool) / Mebi}Mi");
        }
    }

    /// <summary>The volume and where it is mounted; nothing without a spool.</summary>
    public static IEnumerable<(V1Volume Volume, V1VolumeMount Mount)> Volumes(ReceiverWorkload workload)
    {
        if (HasVolume(workload.Spool))
        {
            var volume = new V1Volume { Name = VolumeName };
            if (OnClaim(workload.Spool))
            {
                volume.PersistentVolumeClaim = new V1PersistentVolumeClaimVolumeSource { ClaimName = workload.Group.Name };
            }
            else
            {
                volume.EmptyDir = new V1EmptyDirVolumeSource { SizeLimit = workload.Spool.SizeLimit };
            }

            yield return (volume, new V1VolumeMount { Name = VolumeName, MountPath = Mount });
        }
    }

    /// <summary>Whether the spool outlives its pod.</summary>
    public static bool OnClaim(SpoolSpec spool) => spool.Storage == SpoolStorage.PersistentVolumeClaim;

    /// <summary>Whether pods have a spool that goes with them.</summary>
    public static bool GoesWithPod(V1PodSpec pod) => pod.Volumes?.Any(volume => volume is { Name: VolumeName, EmptyDir: not null }) == true;

    /// <summary>How long kubelets let a pod end.</summary>
    public static int GracePeriodSeconds(SpoolSpec spool) => LameduckSeconds + DrainSeconds(spool) + MarginSeconds;

    /// <summary>What the node keeps free for the pod, so that one whose spool fills is not the first to be evicted; null when the spool is not on the node.</summary>
    public static ResourceQuantity? NodeStorage(SpoolSpec spool) => spool.Storage == SpoolStorage.EmptyDir ? spool.SizeLimit : null;

    private static bool HasVolume(SpoolSpec spool) => spool.Storage != SpoolStorage.None;

    // What is left in an emptyDir is lost, so the sink gets as much time as the draining of a node usually leaves. What is left on a claim is not, and nobody receives until the next pod runs.
    private static int DrainSeconds(SpoolSpec spool) => spool.Storage switch
    {
        SpoolStorage.EmptyDir => 100,
        SpoolStorage.PersistentVolumeClaim => 10,
        _ => 25,
    };

    private static string Seconds(int seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds}s");
}
