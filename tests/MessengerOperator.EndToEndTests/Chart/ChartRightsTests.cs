using k8s.Models;

namespace MessengerOperator.EndToEndTests.Chart;

public sealed class ChartRightsTests(ChartFixture chart) : IClassFixture<ChartFixture>
{
    [Theory]
    [InlineData("replicas=1")]
    [InlineData("watchNamespaces={a,b}")]
    public async Task No_rule_holds_a_wildcard(string values)
    {
        var rules = Rules(await chart.RenderAsync(values));

        Assert.NotEmpty(rules);
        Assert.All(rules, rule => Assert.DoesNotContain("*", rule.ApiGroups.Concat(rule.Resources).Concat(rule.Verbs)));
    }

    [Theory]
    [InlineData("secrets", "delete")]
    [InlineData("secrets", "deletecollection")]
    [InlineData("persistentvolumeclaims", "delete")]
    [InlineData("pods/exec", "create")]
    [InlineData("pods", "create")]
    [InlineData("pods", "delete")]
    [InlineData("messengerintegrations", "delete")]
    [InlineData("messengerintegrations", "create")]
    [InlineData("roles", "create")]
    [InlineData("clusterroles", "get")]
    [InlineData("customresourcedefinitions", "update")]
    [InlineData("serviceaccounts/token", "create")]
    public async Task The_operator_may_not(string resource, string verb)
    {
        var rules = Rules(await chart.RenderAsync());

        Assert.DoesNotContain(rules, rule => rule.Resources.Contains(resource) && rule.Verbs.Contains(verb));
    }

    [Theory]
    [InlineData("messenger-operator.io", "messengerintegrations", "get list watch patch update")]
    [InlineData("messenger-operator.io", "messengerintegrations/status", "patch update")]
    [InlineData("messenger-operator.io", "messengerintegrations/finalizers", "update")]
    [InlineData("", "secrets", "get list watch create patch update")]
    [InlineData("", "pods", "get list watch")]
    [InlineData("", "persistentvolumeclaims", "get list watch create patch update")]
    [InlineData("", "namespaces", "get")]
    [InlineData("", "events", "create patch update")]
    [InlineData("events.k8s.io", "events", "create patch update")]
    [InlineData("", "configmaps", "get list watch create patch update delete")]
    [InlineData("", "services", "get list watch create patch update delete")]
    [InlineData("apps", "deployments", "get list watch create patch update delete")]
    [InlineData("policy", "poddisruptionbudgets", "get list watch create patch update delete")]
    [InlineData("autoscaling", "horizontalpodautoscalers", "get list watch create patch update delete")]
    [InlineData("networking.k8s.io", "networkpolicies", "get list watch create patch update delete")]
    [InlineData("networking.k8s.io", "ingresses", "get list watch create patch update delete")]
    [InlineData("gateway.networking.k8s.io", "httproutes", "get list watch create patch update delete")]
    public async Task The_operator_may(string group, string resource, string verbs)
    {
        var role = (await chart.RenderAsync()).Single<V1ClusterRole>();

        var rule = role.Rules.Single(found => found.ApiGroups.Contains(group) && found.Resources.Contains(resource));
        Assert.Equal(verbs.Split(' ').Order(), rule.Verbs.Order());
    }

    [Fact]
    public async Task A_list_of_namespaces_needs_no_cluster_wide_right()
    {
        var rendered = await chart.RenderAsync("watchNamespaces={sales,support}");

        Assert.Empty(rendered.All<V1ClusterRole>());
        Assert.Empty(rendered.All<V1ClusterRoleBinding>());
        foreach (var served in new[] { "sales", "support" })
        {
            var role = rendered.All<V1Role>().Single(found => found.Metadata.NamespaceProperty == served);
            var binding = rendered.All<V1RoleBinding>().Single(found => found.Metadata.NamespaceProperty == served);
            Assert.Equal(role.Metadata.Name, binding.RoleRef.Name);
            Assert.Equal("messenger-system", Assert.Single(binding.Subjects).NamespaceProperty);
        }
    }

    [Fact]
    public async Task Sinks_of_other_namespaces_need_the_right_to_get_Services_and_no_other()
    {
        var rendered = await chart.RenderAsync("watchNamespaces={sales,support}", "integrations.allowCrossNamespaceSinks=true");

        var role = rendered.Single<V1ClusterRole>();
        var rule = Assert.Single(role.Rules);
        Assert.Equal(("", "services", "get"), (Assert.Single(rule.ApiGroups), Assert.Single(rule.Resources), Assert.Single(rule.Verbs)));
        var binding = rendered.Single<V1ClusterRoleBinding>();
        Assert.Equal(("ClusterRole", role.Metadata.Name), (binding.RoleRef.Kind, binding.RoleRef.Name));
        var subject = Assert.Single(binding.Subjects);
        Assert.Equal((rendered.Single<V1Deployment>().Spec.Template.Spec.ServiceAccountName, "messenger-system"), (subject.Name, subject.NamespaceProperty));
    }

    [Fact]
    public async Task Roles_for_namespaces_and_the_cluster_role_hold_the_same_rules()
    {
        var everywhere = (await chart.RenderAsync()).Single<V1ClusterRole>().Rules;
        var confined = (await chart.RenderAsync("watchNamespaces={sales}")).All<V1Role>().Single(role => role.Metadata.NamespaceProperty == "sales").Rules;

        Assert.Equal(k8s.KubernetesYaml.Serialize(everywhere), k8s.KubernetesYaml.Serialize(confined));
    }

    [Fact]
    public async Task Leases_are_only_written_in_the_operators_own_namespace()
    {
        var rendered = await chart.RenderAsync("watchNamespaces={sales}");

        var role = rendered.All<V1Role>().Single(found => found.Rules.Any(rule => rule.Resources.Contains("leases")));
        Assert.Equal("messenger-system", role.Metadata.NamespaceProperty);
        Assert.Equal(["create", "get", "patch", "update"], Assert.Single(role.Rules).Verbs.Order());
    }

    [Fact]
    public async Task Every_binding_names_the_account_the_pod_runs_as()
    {
        var rendered = await chart.RenderAsync("serviceAccount.create=false", "serviceAccount.name=existing");

        Assert.Equal("existing", rendered.Single<V1Deployment>().Spec.Template.Spec.ServiceAccountName);
        Assert.Empty(rendered.All<V1ServiceAccount>());
        Assert.All(
            rendered.All<V1RoleBinding>().SelectMany(binding => binding.Subjects).Concat(rendered.Single<V1ClusterRoleBinding>().Subjects),
            subject => Assert.Equal("existing", subject.Name));
    }

    [Fact]
    public async Task Two_releases_of_one_name_in_two_namespaces_do_not_share_a_cluster_role()
    {
        var other = await chart.RenderWithAsync(["--namespace", "other"]);

        Assert.NotEqual((await chart.RenderAsync()).Single<V1ClusterRole>().Metadata.Name, other.Single<V1ClusterRole>().Metadata.Name);
    }

    private static List<V1PolicyRule> Rules(RenderedChart rendered) =>
        [.. rendered.All<V1ClusterRole>().SelectMany(role => role.Rules), .. rendered.All<V1Role>().SelectMany(role => role.Rules)];
}
