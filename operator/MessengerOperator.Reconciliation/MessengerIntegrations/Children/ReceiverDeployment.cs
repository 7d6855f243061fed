using k8s.Models;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Children;

/// <summary>The receiver's pods, within PodSecurity's restricted profile.</summary>
internal static class ReceiverDeployment
{
    public const int TrafficPort = 8080;
    public const int ManagementPort = 8081;

    private const int NonRoot = 65532;
    private const string Recreate = "Recreate";
    private const string TrafficPortName = "http";
    private const string ManagementPortName = "management";

    public static V1Deployment Build(ReceiverWorkload workload) => new()
    {
        ApiVersion = "apps/v1",
        Kind = "Deployment",
        Metadata = workload.Group.Metadata(),
        Spec = new V1DeploymentSpec
        {
            // With an autoscaler the number is its own, and applying one here would fight it.
            Replicas = workload.Settings.Autoscaling is null ? workload.Replicas : null,
            Selector = new V1LabelSelector { MatchLabels = workload.Group.Selector },
            RevisionHistoryLimit = 3,
            Strategy = Strategy(workload),
            Template = new V1PodTemplateSpec { Metadata = PodMetadata(workload), Spec = PodSpec(workload) },
        },
    };

    /// <summary>Of a Deployment only how many pods it has now.</summary>
    public static V1Deployment Number(ReceiverWorkload workload, V1Deployment live) => new()
    {
        Metadata = workload.Group.Metadata(),
        Spec = new V1DeploymentSpec { Replicas = live.Spec.Replicas },
    };

    /// <summary>Whether all pods go before new ones come.</summary>
    public static bool IsRecreated(V1Deployment deployment) => deployment.Spec.Strategy?.Type == Recreate;

    private static V1DeploymentStrategy Strategy(ReceiverWorkload workload) => ReceiverSpool.OnClaim(workload.Spool)

        // One process at a time may have the folder, and locks on network volumes are not to be relied on.
        ? new V1DeploymentStrategy { Type = Recreate }

        // A new pod is ready before an old one goes: providers must always find somebody.
        : new V1DeploymentStrategy { Type = "RollingUpdate", RollingUpdate = new V1RollingUpdateDeployment { MaxUnavailable = 0, MaxSurge = 1 } };

    private static V1ObjectMeta PodMetadata(ReceiverWorkload workload)
    {
        var labels = workload.Group.Labels;
        foreach (var (key, value) in workload.Settings.PodLabels ?? new Dictionary<string, string>())
        {
            labels.TryAdd(key, value);
        }

        return new V1ObjectMeta { Labels = labels, Annotations = workload.Settings.PodAnnotations?.ToDictionary() };
    }

    private static V1PodSpec PodSpec(ReceiverWorkload workload)
    {
        var volumes = ReceiverVolumes.Build(workload).ToList();
        return new V1PodSpec
        {
            AutomountServiceAccountToken = false,
            EnableServiceLinks = false,
            TerminationGracePeriodSeconds = ReceiverSpool.GracePeriodSeconds(workload.Spool),
            SecurityContext = new V1PodSecurityContext
            {
                RunAsNonRoot = true,
                RunAsUser = NonRoot,
                RunAsGroup = NonRoot,
                FsGroup = NonRoot,

                // Without it kubelets go through a volume's every file before each start.
                FsGroupChangePolicy = ReceiverSpool.OnClaim(workload.Spool) ? "OnRootMismatch" : null,
                SeccompProfile = new V1SeccompProfile { Type = "RuntimeDefault" },
            },
            Containers = [Container(workload, [.. volumes.Select(volume => volume.Mount)])],
            Volumes = [.. volumes.Select(volume => volume.Volume)],
            NodeSelector = workload.Settings.NodeSelector?.ToDictionary(),
            Tolerations = workload.Settings.Tolerations?.ToList(),
            Affinity = workload.Settings.Affinity,
            TopologySpreadConstraints = workload.Settings.TopologySpreadConstraints?.ToList() ?? Spread(workload),
            PriorityClassName = workload.Settings.PriorityClassName,
            ImagePullSecrets = workload.Settings.ImagePullSecrets?.ToList(),
        };
    }

    private static V1Container Container(ReceiverWorkload workload, List<V1VolumeMount> mounts) => new()
    {
        Name = "receiver",
        Image = workload.Image,
        ImagePullPolicy = workload.ImagePullPolicy,
        Args = ["--config", MemberFiles.Configuration, .. ReceiverSpool.Arguments(workload.Spool), .. workload.Traces?.Arguments ?? []],
        Env = workload.Traces is null ? null : [.. ReceiverTraces.Environment(workload.Group)],
        Ports =
        [
            new V1ContainerPort { Name = TrafficPortName, ContainerPort = TrafficPort, Protocol = "TCP" },
            new V1ContainerPort { Name = ManagementPortName, ContainerPort = ManagementPort, Protocol = "TCP" },
        ],
        Resources = ReceiverResources.Of(workload),
        SecurityContext = new V1SecurityContext
        {
            AllowPrivilegeEscalation = false,
            ReadOnlyRootFilesystem = true,
            Capabilities = new V1Capabilities { Drop = ["ALL"] },
        },
        ReadinessProbe = Probe("/readyz", periodSeconds: 2),
        LivenessProbe = Probe("/healthz", periodSeconds: 10),
        VolumeMounts = mounts,
    };

    private static V1Probe Probe(string path, int periodSeconds) => new()
    {
        HttpGet = new V1HTTPGetAction { Path = path, Port = ManagementPortName, Scheme = "HTTP" },
        PeriodSeconds = periodSeconds,
        TimeoutSeconds = 2,
        FailureThreshold = 3,
    };

    private static List<V1TopologySpreadConstraint>? Spread(ReceiverWorkload workload) => workload.Replicas < 2
        ? null
        :
        [
            new V1TopologySpreadConstraint
            {
                MaxSkew = 1,
                TopologyKey = "kubernetes.io/hostname",
                WhenUnsatisfiable = "ScheduleAnyway",
                LabelSelector = new V1LabelSelector { MatchLabels = workload.Group.Selector },
            },
        ];
}
