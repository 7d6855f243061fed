using k8s.Models;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Children;

/// <summary>The receiver's pods, within PodSecurity's restricted profile.</summary>
internal static class ReceiverDeployment
{
    public const int TrafficPort = 8080;
    public const int ManagementPort = 8081;

    private const int NonRoot = 65532;
    private const string TrafficPortName = "http";
    private const string ManagementPortName = "management";

    public static V1Deployment Build(ReceiverPlan plan) => new()
    {
        ApiVersion = "apps/v1",
        Kind = "Deployment",
        Metadata = plan.Metadata(),
        Spec = new V1DeploymentSpec
        {
            // With an autoscaler the number is its own, and applying one here would fight it.
            Replicas = plan.Workload.Autoscaling is null ? plan.Replicas : null,
            Selector = new V1LabelSelector { MatchLabels = plan.Selector },
            RevisionHistoryLimit = 3,
            Strategy = new V1DeploymentStrategy
            {
                // A new pod is ready before an old one goes: providers must always find somebody.
                Type = "RollingUpdate",
                RollingUpdate = new V1RollingUpdateDeployment { MaxUnavailable = 0, MaxSurge = 1 },
            },
            Template = new V1PodTemplateSpec { Metadata = PodMetadata(plan), Spec = PodSpec(plan) },
        },
    };

    private static V1ObjectMeta PodMetadata(ReceiverPlan plan)
    {
        var labels = plan.Labels;
        foreach (var (key, value) in plan.Workload.PodLabels ?? new Dictionary<string, string>())
        {
            labels.TryAdd(key, value);
        }

        return new V1ObjectMeta { Labels = labels, Annotations = plan.Workload.PodAnnotations?.ToDictionary() };
    }

    private static V1PodSpec PodSpec(ReceiverPlan plan)
    {
        var volumes = ReceiverVolumes.Build(plan).ToList();
        return new V1PodSpec
        {
            AutomountServiceAccountToken = false,
            EnableServiceLinks = false,
            TerminationGracePeriodSeconds = 45,
            SecurityContext = new V1PodSecurityContext
            {
                RunAsNonRoot = true,
                RunAsUser = NonRoot,
                RunAsGroup = NonRoot,
                FsGroup = NonRoot,
                SeccompProfile = new V1SeccompProfile { Type = "RuntimeDefault" },
            },
            Containers = [Container(plan, [.. volumes.Select(volume => volume.Mount)])],
            Volumes = [.. volumes.Select(volume => volume.Volume)],
            NodeSelector = plan.Workload.NodeSelector?.ToDictionary(),
            Tolerations = plan.Workload.Tolerations?.ToList(),
            Affinity = plan.Workload.Affinity,
            TopologySpreadConstraints = plan.Workload.TopologySpreadConstraints?.ToList() ?? Spread(plan),
            PriorityClassName = plan.Workload.PriorityClassName,
            ImagePullSecrets = plan.Workload.ImagePullSecrets?.ToList(),
        };
    }

    private static V1Container Container(ReceiverPlan plan, List<V1VolumeMount> mounts) => new()
    {
        Name = "receiver",
        Image = plan.Image,
        ImagePullPolicy = plan.ImagePullPolicy,
        Args = ["--config", $"{ReceiverPaths.Configuration}/{ReceiverPaths.ConfigurationKey}"],
        Ports =
        [
            new V1ContainerPort { Name = TrafficPortName, ContainerPort = TrafficPort, Protocol = "TCP" },
            new V1ContainerPort { Name = ManagementPortName, ContainerPort = ManagementPort, Protocol = "TCP" },
        ],
        Resources = plan.Workload.Resources ?? new V1ResourceRequirements
        {
            Requests = new Dictionary<string, ResourceQuantity> { ["cpu"] = new("10m"), ["memory"] = new("32Mi") },
            Limits = new Dictionary<string, ResourceQuantity> { ["memory"] = new("128Mi") },
        },
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

    private static List<V1TopologySpreadConstraint>? Spread(ReceiverPlan plan) => plan.Replicas < 2
        ? null
        :
        [
            new V1TopologySpreadConstraint
            {
                MaxSkew = 1,
                TopologyKey = "kubernetes.io/hostname",
                WhenUnsatisfiable = "ScheduleAnyway",
                LabelSelector = new V1LabelSelector { MatchLabels = plan.Selector },
            },
        ];
}
