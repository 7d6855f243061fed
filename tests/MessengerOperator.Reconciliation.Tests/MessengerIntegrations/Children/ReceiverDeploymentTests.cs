using k8s.Models;
using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Reconciliation.MessengerIntegrations;
using MessengerOperator.Reconciliation.MessengerIntegrations.Children;

namespace MessengerOperator.Reconciliation.Tests.MessengerIntegrations.Children;

/// <summary>What a receiver's pods are like for each way of keeping events.</summary>
public class ReceiverDeploymentTests
{
    private const long Mebi = 1024 * 1024;
    private static readonly SpoolSpec OnNode = new();
    private static readonly SpoolSpec OnClaim = new() { Storage = SpoolStorage.PersistentVolumeClaim };
    private static readonly SpoolSpec Nowhere = new() { Storage = SpoolStorage.None };

    [Fact]
    public void Events_are_kept_on_the_node_unless_the_spec_says_otherwise()
    {
        var pod = PodOf(OnNode);

        var volume = Assert.Single(pod.Volumes, volume => volume.EmptyDir is not null);
        Assert.Equal(new ResourceQuantity("256Mi"), volume.EmptyDir.SizeLimit);
        Assert.Null(volume.EmptyDir.Medium);
        var mount = Assert.Single(pod.Containers[0].VolumeMounts, mount => mount.Name == volume.Name);
        Assert.NotEqual(true, mount.ReadOnlyProperty);
        Assert.StartsWith($"{mount.MountPath}/", Flag(pod, "--spool"), StringComparison.Ordinal);
        Assert.Equal("168Mi", Flag(pod, "--spool-size"));
        Assert.Equal((65532, 65532), (pod.SecurityContext.RunAsUser, pod.SecurityContext.FsGroup));
        Assert.True(pod.Containers[0].SecurityContext.ReadOnlyRootFilesystem);
    }

    [Theory]
    [InlineData("16Mi")]
    [InlineData("17Mi")]
    [InlineData("32Mi")]
    [InlineData("256Mi")]
    [InlineData("1G")]
    [InlineData("100Gi")]
    public void The_worst_that_the_receiver_may_write_stays_below_the_limit_of_the_volume(string limit)
    {
        var size = ReceiverSpool.SizeBytes(new SpoolSpec { SizeLimit = new ResourceQuantity(limit) });

        // As the receiver shares its folder out: a damaged file at its largest and its log, a quarter in the new one and its log, the reserve for a full disk, and what the largest request adds.
        var log = Math.Clamp(size / 32, 32 * 4096, 2048 * 4096);
        var worst = (size * 33 / 32) + (2 * log) + (size / 4) + (2 * log) + (2 * log) + (2 * Mebi);
        Assert.True(worst < new ResourceQuantity(limit).ToInt64(), $"{worst / Mebi}Mi of {limit}");
        Assert.True(size >= 4 * Mebi, "less than a receiver starts with");
    }

    [Fact]
    public void A_claim_is_mounted_by_one_pod_at_a_time()
    {
        var deployment = DeploymentOf(OnClaim);

        var pod = deployment.Spec.Template.Spec;
        Assert.Equal("acme-receiver", Assert.Single(pod.Volumes, volume => volume.PersistentVolumeClaim is not null).PersistentVolumeClaim.ClaimName);
        Assert.Equal("Recreate", deployment.Spec.Strategy.Type);
        Assert.Null(deployment.Spec.Strategy.RollingUpdate);
        Assert.Equal("OnRootMismatch", pod.SecurityContext.FsGroupChangePolicy);
        Assert.DoesNotContain("ephemeral-storage", pod.Containers[0].Resources.Requests.Keys);
        Assert.True(pod.TerminationGracePeriodSeconds < PodOf(OnNode).TerminationGracePeriodSeconds, "nobody receives meanwhile");
    }

    [Fact]
    public void Everywhere_else_a_new_pod_is_ready_before_an_old_one_goes() => Assert.All(
        [OnNode, Nowhere], spool => Assert.Equal("RollingUpdate", DeploymentOf(spool).Spec.Strategy.Type));

    [Fact]
    public void Without_a_spool_nothing_is_mounted_and_the_sink_is_waited_for()
    {
        var pod = PodOf(Nowhere);

        Assert.All(pod.Volumes, volume => Assert.True(volume.ConfigMap is not null || volume.Secret is not null));
        Assert.DoesNotContain("--spool", pod.Containers[0].Args);
        Assert.DoesNotContain("ephemeral-storage", pod.Containers[0].Resources.Requests.Keys);
    }

    [Theory]
    [InlineData(SpoolStorage.EmptyDir)]
    [InlineData(SpoolStorage.PersistentVolumeClaim)]
    [InlineData(SpoolStorage.None)]
    public void Kubelets_wait_longer_than_the_receiver_needs_to_end(SpoolStorage storage)
    {
        var pod = PodOf(new SpoolSpec { Storage = storage });

        var needed = Seconds(Flag(pod, "--lameduck")) + Seconds(Flag(pod, "--drain-timeout"));
        Assert.InRange(pod.TerminationGracePeriodSeconds!.Value, needed + 10, 120);
    }

    [Fact]
    public void Room_on_the_node_is_asked_for_whatever_else_the_spec_asks_for()
    {
        var resources = new V1ResourceRequirements
        {
            Requests = new Dictionary<string, ResourceQuantity> { ["cpu"] = new("1") },
            Limits = new Dictionary<string, ResourceQuantity> { ["memory"] = new("1Gi") },
        };

        var (own, given) = (PodOf(OnNode).Containers[0].Resources, PodOf(OnNode, new ReceiverSpec { Resources = resources }).Containers[0].Resources);

        Assert.Equal(["cpu", "ephemeral-storage", "memory"], own.Requests.Keys.Order());
        Assert.Equal(["cpu", "ephemeral-storage"], given.Requests.Keys.Order());
        Assert.Equal(["memory"], given.Limits.Keys);
        Assert.All([own, given], container => Assert.Equal(new ResourceQuantity("256Mi"), container.Requests["ephemeral-storage"]));
    }

    [Fact]
    public void What_the_spec_says_of_room_on_the_node_counts()
    {
        var resources = new V1ResourceRequirements { Requests = new Dictionary<string, ResourceQuantity> { ["ephemeral-storage"] = new("1Mi") } };

        Assert.Equal(new ResourceQuantity("1Mi"), PodOf(OnNode, new ReceiverSpec { Resources = resources }).Containers[0].Resources.Requests["ephemeral-storage"]);
    }

    [Fact]
    public void Without_a_collector_a_receiver_knows_nothing_of_traces()
    {
        var container = PodOf(OnNode).Containers[0];

        Assert.DoesNotContain(container.Args, argument => argument.StartsWith("--traces", StringComparison.Ordinal));
        Assert.Null(container.Env);
    }

    [Fact]
    public void With_a_collector_spans_say_which_pod_they_come_from()
    {
        var traces = ReceiverTraces.Of(new IntegrationOptions { ReceiverTracesEndpoint = new Uri("http://collector:4318"), ReceiverTracesRatio = 0.25 });
        var pod = ReceiverDeployment.Build(Workload(OnNode) with { Traces = traces }).Spec.Template.Spec;

        Assert.Equal(("http://collector:4318/", "0.25"), (Flag(pod, "--traces-endpoint"), Flag(pod, "--traces-ratio")));
        Assert.Equal(["POD_NAME", "OTEL_RESOURCE_ATTRIBUTES"], pod.Containers[0].Env.Select(variable => variable.Name));
        Assert.Equal("metadata.name", pod.Containers[0].Env[0].ValueFrom.FieldRef.FieldPath);
        Assert.Equal("k8s.namespace.name=ns,k8s.deployment.name=acme-receiver,k8s.pod.name=$(POD_NAME)", pod.Containers[0].Env[1].Value);
    }

    [Theory]
    [InlineData(1, "1")]
    [InlineData(0, "0")]
    [InlineData(0.1, "0.1")]
    [InlineData(0.00005, "0.00005")]
    public void A_ratio_is_written_in_plain_digits_which_is_all_that_a_receiver_reads(double ratio, string expected)
    {
        var traces = ReceiverTraces.Of(new IntegrationOptions { ReceiverTracesEndpoint = new Uri("http://collector:4318"), ReceiverTracesRatio = ratio });

        Assert.Equal(expected, traces!.Arguments.Last());
    }

    private static V1PodSpec PodOf(SpoolSpec spool, ReceiverSpec? settings = null) => DeploymentOf(spool, settings).Spec.Template.Spec;

    private static V1Deployment DeploymentOf(SpoolSpec spool, ReceiverSpec? settings = null) =>
        ReceiverDeployment.Build(Workload(spool, settings));

    private static ReceiverWorkload Workload(SpoolSpec spool, ReceiverSpec? settings = null) =>
        new(new ReceiverGroup("ns", "acme-receiver", "acme"), settings ?? new ReceiverSpec(), spool, "receiver:1", "Always");

    private static string Flag(V1PodSpec pod, string flag) => pod.Containers[0].Args.SkipWhile(argument => argument != flag).ElementAt(1);

    private static int Seconds(string duration) => int.Parse(duration.TrimEnd('s'), System.Globalization.CultureInfo.InvariantCulture);
}
