using k8s.Models;

namespace MessengerOperator.EndToEndTests.Chart;

public sealed class ChartWorkloadTests(ChartFixture chart) : IClassFixture<ChartFixture>
{
    private static readonly string[] AllOptions =
    [
        "replicas=3", "networkPolicy.enabled=true", "metrics.serviceMonitor.enabled=true", "metrics.prometheusRule.enabled=true",
        "metrics.grafanaDashboard.enabled=true", "trustedCa.configMap=roots", "watchNamespaces={a,b}",
    ];

    [Fact]
    public async Task Helm_lint_has_no_complaint()
    {
        var result = await chart.HelmAsync("lint", "--strict", Repository.PathOf(ChartFixture.Folder));

        Assert.True(result.ExitCode == 0, result.Output + result.Error);
    }

    [Fact]
    public async Task An_integration_of_which_nobody_knows_whether_it_is_ready_alerts_like_one_that_is_not()
    {
        var rules = (await chart.RenderAsync(AllOptions)).Text("monitoring.coreos.com/v1/PrometheusRule");

        Assert.Contains("""expr: max without (status) (messenger_operator_integration_condition{condition="Ready",status!="True"}) == 1""", rules, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_pod_obeys_the_restricted_pod_security_standard()
    {
        var pod = (await chart.RenderAsync(AllOptions)).Single<V1Deployment>().Spec.Template.Spec;

        Assert.True(pod.SecurityContext.RunAsNonRoot);
        Assert.Equal(65532, pod.SecurityContext.RunAsUser);
        Assert.Equal("RuntimeDefault", pod.SecurityContext.SeccompProfile.Type);
        Assert.True(pod.HostNetwork is null && pod.HostPID is null && pod.HostIPC is null);
        Assert.All(pod.Volumes, volume => Assert.NotNull(volume.Projected));
        var container = Assert.Single(pod.Containers);
        Assert.False(container.SecurityContext.AllowPrivilegeEscalation);
        Assert.True(container.SecurityContext.ReadOnlyRootFilesystem);
        Assert.Equal(["ALL"], container.SecurityContext.Capabilities.Drop);
        Assert.Null(container.SecurityContext.Capabilities.Add);
    }

    [Fact]
    public async Task The_pod_is_probed_on_the_management_port_and_bounded_in_memory()
    {
        var container = (await chart.RenderAsync("management.port=9090")).Single<V1Deployment>().Spec.Template.Spec.Containers[0];

        Assert.Equal(9090, Assert.Single(container.Ports).ContainerPort);
        Assert.Equal("/healthz", container.LivenessProbe.HttpGet.Path);
        Assert.Equal("/readyz", container.ReadinessProbe.HttpGet.Path);
        Assert.All([container.StartupProbe, container.LivenessProbe, container.ReadinessProbe], probe => Assert.Equal("management", probe.HttpGet.Port.Value));
        Assert.True(container.Resources.Limits.ContainsKey("memory") && container.Resources.Requests.ContainsKey("cpu"));
    }

    [Fact]
    public async Task The_operator_is_started_with_its_configuration_and_knows_its_pod()
    {
        var container = (await chart.RenderAsync()).Single<V1Deployment>().Spec.Template.Spec.Containers[0];

        Assert.Equal(["--config", "/etc/messenger-operator/operator.json"], container.Args);
        Assert.Equal("metadata.name", container.Env.Single(variable => variable.Name == "POD_NAME").ValueFrom.FieldRef.FieldPath);
        Assert.Equal("metadata.namespace", container.Env.Single(variable => variable.Name == "POD_NAMESPACE").ValueFrom.FieldRef.FieldPath);
    }

    [Fact]
    public async Task A_changed_option_rolls_the_pod_and_an_unchanged_one_does_not()
    {
        var first = await chart.RenderAsync();
        var same = await chart.RenderAsync();
        var changed = await chart.RenderAsync("integrations.webhookUrl=https://hooks.example.com");

        Assert.Equal(Checksum(first), Checksum(same));
        Assert.NotEqual(Checksum(first), Checksum(changed));
    }

    [Theory]
    [InlineData("1.20.2", "policy/v1beta1/PodDisruptionBudget", new string[0])]
    [InlineData("1.31.0", "policy/v1/PodDisruptionBudget", new[] { "--api-versions", "policy/v1/PodDisruptionBudget" })]
    public async Task The_disruption_budget_has_the_version_that_the_server_knows(string server, string kind, string[] arguments)
    {
        // Helm 3.6 has no --kube-version that changes the API versions it assumes, so both are said.
        var rendered = await chart.RenderWithAsync(["--kube-version", server, .. arguments], "replicas=2");

        Assert.Contains(kind, rendered.Kinds);
    }

    [Fact]
    public async Task One_replica_has_no_disruption_budget_that_could_block_a_drain()
    {
        var rendered = await chart.RenderAsync();

        Assert.DoesNotContain(rendered.Kinds, kind => kind.EndsWith("PodDisruptionBudget", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Trusted_certificates_are_mounted_and_named_in_the_configuration()
    {
        var rendered = await chart.RenderAsync("trustedCa.configMap=roots", "trustedCa.key=ca.pem");

        var sources = rendered.Single<V1Deployment>().Spec.Template.Spec.Volumes[0].Projected.Sources;
        var roots = sources.Single(source => source.ConfigMap.Name == "roots").ConfigMap.Items.Single();
        Assert.Equal(("ca.pem", "trusted-ca/ca.crt"), (roots.Key, roots.Path));
        Assert.Contains("\"/etc/messenger-operator/trusted-ca/ca.crt\"", rendered.Single<V1ConfigMap>().Data["operator.json"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_template_leaves_an_object_without_the_standard_labels()
    {
        var rendered = await chart.RenderAsync(AllOptions);

        Assert.All(rendered.All<k8s.IKubernetesObject<V1ObjectMeta>>(), found =>
        {
            Assert.Equal("messenger-operator", found.Metadata.Labels["app.kubernetes.io/name"]);
            Assert.Equal("mo", found.Metadata.Labels["app.kubernetes.io/instance"]);
        });
    }

    private static string Checksum(RenderedChart rendered) =>
        rendered.Single<V1Deployment>().Spec.Template.Metadata.Annotations["checksum/configuration"];
}
