using System.Text.Json.Nodes;
using k8s.Models;

namespace MessengerOperator.EndToEndTests.Chart;

public sealed class ChartValuesTests(ChartFixture chart) : IClassFixture<ChartFixture>
{
    [Theory]
    [InlineData("integrations.webhookUrl=http://hooks.example.com", "must start with https://")]
    [InlineData("integrations.webhookUrl=https://hooks.example.com/path", "scheme, host and port only")]
    [InlineData("integrations.webhookUrl=https://hooks.example.com?x=y", "scheme, host and port only")]
    [InlineData("integrations.sink.http.url=ftp://agents", "must be an http:// or https:// URL")]
    [InlineData("integrations.sink.http.url=https://user:password@agents", "without user name and password")]
    [InlineData("providers.baseAddresses.Telegram=telegram", "providers.baseAddresses.Telegram")]
    [InlineData("webhookUrl=https://hooks.example.com", "Additional property webhookUrl is not allowed")]
    [InlineData("operator.worker=4", "Additional property worker is not allowed")]
    [InlineData("operator.workers=0", "operator.workers")]
    [InlineData("integrations.rotationOverlapSeconds=0", "integrations.rotationOverlapSeconds")]
    [InlineData("integrations.receiverSyncSeconds=601", "integrations.receiverSyncSeconds")]
    [InlineData("operator.workers=many", "operator.workers")]
    [InlineData("image.pullPolicy=Sometimes", "image.pullPolicy")]
    [InlineData("image.digest=latest", "image.digest")]
    [InlineData("watchNamespaces=sales", "watchNamespaces")]
    [InlineData("watchNamespaces={*}", "watchNamespaces.0")]
    [InlineData("logging.level=Chatty", "logging.level")]
    [InlineData("management.port=80", "management.port")]
    [InlineData("receiver.traces.endpoint=collector:4318", "receiver.traces.endpoint")]
    [InlineData("receiver.traces.ratio=2", "receiver.traces.ratio")]
    [InlineData("serviceAccount.create=false", "serviceAccount.name is empty")]
    public async Task A_bad_value_is_refused_by_its_name(string value, string expected)
    {
        Assert.Contains(expected, await chart.RefusalAsync(value), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_replicas_without_leader_election_are_refused()
    {
        Assert.Contains("leader election", await chart.RefusalAsync("replicas=2", "operator.leaderElection=false"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_does_not_repeat_a_password_in_a_url()
    {
        Assert.DoesNotContain("hunter2", await chart.RefusalAsync("integrations.sink.http.url=https://user:hunter2@agents"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_option_reaches_the_operators_configuration()
    {
        var rendered = await chart.RenderAsync(
            "watchNamespaces={sales,support}", "operator.name=shard-a", "operator.labelSelector=shard=a", "operator.leaderElection=false", "operator.workers=8",
            "integrations.webhookUrl=https://hooks.example.com:8443", "integrations.sink.http.url=https://agents.example.com/events",
            "integrations.allowedSinkHosts={*.example.com}", "integrations.allowPrivateSinks=true", "integrations.allowCrossNamespaceSinks=true",
            "integrations.rotationOverlapSeconds=3600", "integrations.receiverSyncSeconds=60",
            "receiver.image.repository=r/receiver", "receiver.image.tag=1.2", "receiver.brokersImage.repository=r/brokers", "receiver.brokersImage.tag=1.3",
            "receiver.traces.endpoint=http://collector:4318", "receiver.traces.ratio=0.25",
            "receiver.image.pullPolicy=Never", "providers.timeoutSeconds=20", "providers.baseAddresses.Telegram=http://bot-api:8081",
            "providers.allowedBaseHosts={bot-api}", "providers.accountCallsPerMinute=30", "management.port=9090", "logging.level=Debug", "logging.format=Text", "trustedCa.configMap=roots");

        var expected = JsonNode.Parse("""
            {
              "Operator": {
                "Name": "shard-a", "Namespaces": ["sales", "support"], "LabelSelector": "shard=a",
                "LeaderElection": {"Enabled": false, "LeaseName": "mo-messenger-operator-leader"}, "MaxParallelReconciliations": 8
              },
              "Integrations": {
                "WebhookUrl": "https://hooks.example.com:8443", "Sink": {"Http": {"Url": "https://agents.example.com/events"}},
                "AllowedSinkHosts": ["*.example.com"], "AllowPrivateSinks": true, "AllowCrossNamespaceSinks": true,
                "RotationOverlapSeconds": 3600, "ReceiverSyncSeconds": 60,
                "ReceiverImage": "r/receiver:1.2", "ReceiverBrokersImage": "r/brokers:1.3", "ReceiverImagePullPolicy": "Never",
                "ReceiverTracesEndpoint": "http://collector:4318", "ReceiverTracesRatio": 0.25,
                "ProbeCaBundleFile": "/etc/messenger-operator/trusted-ca/ca.crt"
              },
              "Providers": {"TimeoutSeconds": 20, "BaseAddresses": {"Telegram": "http://bot-api:8081"}, "AllowedBaseHosts": ["bot-api"], "AccountCallsPerMinute": 30},
              "Management": {"Port": 9090},
              "Logging": {"Level": "Debug", "Format": "Text"}
            }
            """);
        var actual = JsonNode.Parse(rendered.Single<V1ConfigMap>().Data["operator.json"]);
        Assert.True(JsonNode.DeepEquals(expected, actual), actual!.ToJsonString());
    }

    [Fact]
    public async Task A_digest_wins_over_a_tag()
    {
        var digest = "sha256:" + new string('a', 64);
        var rendered = await chart.RenderAsync("image.tag=1.0", $"image.digest={digest}");

        Assert.Equal($"messenger-operator/operator@{digest}", rendered.Single<V1Deployment>().Spec.Template.Spec.Containers[0].Image);
    }

    [Fact]
    public async Task Images_default_to_the_charts_own_version()
    {
        var version = File.ReadLines(Repository.PathOf("charts/messenger-operator/Chart.yaml")).Single(line => line.StartsWith("appVersion:", StringComparison.Ordinal))[12..];
        var properties = await File.ReadAllTextAsync(Repository.PathOf("Directory.Build.props"), TestContext.Current.CancellationToken);
        var rendered = await chart.RenderAsync();

        Assert.Contains($"<VersionPrefix>{version}</VersionPrefix>", properties, StringComparison.Ordinal);
        Assert.EndsWith($":{version}", rendered.Single<V1Deployment>().Spec.Template.Spec.Containers[0].Image, StringComparison.Ordinal);
        Assert.Contains($"receiver:{version}\"", rendered.Single<V1ConfigMap>().Data["operator.json"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_value_is_described_in_the_readme()
    {
        var readme = await File.ReadAllTextAsync(Repository.PathOf("charts/messenger-operator/README.md"), TestContext.Current.CancellationToken);
        var schema = JsonNode.Parse(await File.ReadAllTextAsync(Repository.PathOf("charts/messenger-operator/values.schema.json"), TestContext.Current.CancellationToken))!;

        Assert.All(Leaves(schema, ""), name => Assert.Contains($"`{name}`", readme, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Leaves(JsonNode schema, string prefix) =>
        schema["properties"] is JsonObject properties
            ? properties.Where(property => property.Key != "global").SelectMany(property => Leaves(property.Value!, prefix.Length == 0 ? property.Key : $"{prefix}.{property.Key}"))
            : [prefix];
}
