using k8s.Models;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Children;

/// <summary>What is mounted into a receiver: all of its group's configuration and all of its group's secrets, whoever the members are, and the spool.</summary>
internal static class ReceiverVolumes
{
    // Group-readable through fsGroup, for nobody else.
    private const int SecretMode = 0b100_100_000;

    public static IEnumerable<(V1Volume Volume, V1VolumeMount Mount)> Build(ReceiverWorkload workload)
    {
        var group = workload.Group;
        yield return (
            new V1Volume { Name = "config", ConfigMap = new V1ConfigMapVolumeSource { Name = group.Name } },
            Mount("config", MemberFiles.Configuration));

        yield return (
            new V1Volume { Name = "secrets", Secret = new V1SecretVolumeSource { SecretName = group.Name, DefaultMode = SecretMode } },
            Mount("secrets", MemberFiles.Secrets));

        foreach (var spool in ReceiverSpool.Volumes(workload))
        {
            yield return spool;
        }
    }

    private static V1VolumeMount Mount(string name, string path) => new() { Name = name, MountPath = path, ReadOnlyProperty = true };
}
