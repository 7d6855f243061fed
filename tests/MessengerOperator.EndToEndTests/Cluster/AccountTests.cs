using System.Text.Json.Nodes;

namespace MessengerOperator.EndToEndTests.Cluster;

/// <summary>
/// One account of each messenger on a cluster with real pods, looked at as its users would, and one of them put through everything that happens to an
/// account. The tests run in this order, each on what the one before left.
/// </summary>
[TestMethodOrderer(typeof(DeclarationOrderer))]
public sealed class AccountTests(DemoCluster cluster) : IClassFixture<DemoCluster>
{
    private const string SystemNamespace = "messenger-system";

    public static TheoryData<string> Providers => [.. DemoCluster.Providers];

    private Kubectl Kubectl => cluster.Kubectl;

    private Simulator Simulator => cluster.Simulator;

    private Inbox Inbox => cluster.Inbox;

    [Fact]
    public void The_demo_ends_in_its_one_line_with_nothing_lost()
    {
        Assert.Matches(DemoCluster.LastLine, cluster.DemoOutput);
        Assert.Equal(DemoCluster.Providers.Length, cluster.Counted("ready"));
        Assert.Equal(0, cluster.Counted("lost"));
        Assert.True(cluster.Counted("sent") >= 100, cluster.DemoOutput);
        Assert.Equal(cluster.Counted("sent"), cluster.Counted("delivered"));
    }

    [Fact]
    public async Task Kubectl_shows_every_account_and_that_it_is_ready()
    {
        var table = await Kubectl.InNamespaceAsync("get", "mi", "--output", "wide");
        var rows = table.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(1 + DemoCluster.Providers.Length, rows.Length);
        Assert.Equal(["NAME", "PROVIDER", "ACCOUNT", "READY", "REASON", "AGE", "URL", "MESSAGE"], rows[0].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(DemoCluster.Providers, rows[1..].Select(row => row.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]).Order(StringComparer.Ordinal));
        Assert.All(rows[1..], row => Assert.Contains(" True ", row, StringComparison.Ordinal));
        var telegram = rows.Single(row => row.StartsWith("acme-support ", StringComparison.Ordinal));
        Assert.Equal(["acme-support", "Telegram", "acme_support_bot", "True"], telegram.Split(' ', StringSplitOptions.RemoveEmptyEntries)[..4]);
        Assert.Contains("https://hooks.acme.example/contact-centre/acme-support", telegram, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Every_messenger_delivers_and_has_nothing_to_object_to(string provider)
    {
        var deliveries = await cluster.Accounts[provider].DeliveriesAsync();

        Assert.NotNull(await cluster.Accounts[provider].WebhookAsync());
        Assert.Empty(deliveries["violations"]!.AsArray());
        Assert.Equal((0, 0), (deliveries["pending"]!.GetValue<int>(), deliveries["expired"]!.GetValue<int>()));
    }

    [Fact]
    public async Task Every_status_obeys_kstatus_and_has_seen_the_whole_specification()
    {
        foreach (var account in cluster.Accounts.Values)
        {
            AssertSettled(await Kubectl.GetAsync("messengerintegration", account.Integration));
        }
    }

    [Fact]
    public async Task Telegram_delivers_to_our_url_with_a_secret_and_has_nothing_to_object_to()
    {
        var webhook = (await Simulator.WebhookAsync())!;
        var deliveries = await Simulator.DeliveriesAsync();

        Assert.Equal("https://hooks.acme.example/contact-centre/acme-support", webhook["url"]!.GetValue<string>());
        Assert.Equal(await Kubectl.SecretAsync("acme-support-webhook", "token"), webhook["secretToken"]!.GetValue<string>());
        Assert.Empty(deliveries["violations"]!.AsArray());
        Assert.Equal(0, deliveries["pending"]!.GetValue<int>());
    }

    [Fact]
    public async Task The_receiver_pod_is_restricted_and_holds_only_what_it_verifies_with()
    {
        var pod = (await ReceiverPodAsync())["spec"]!;

        PodSecurity.AssertRestricted(pod);
        Assert.False(pod["automountServiceAccountToken"]!.GetValue<bool>());
        var volumes = pod["volumes"]!.AsArray();
        Assert.All(volumes, volume => Assert.True(volume!["secret"] is not null || volume["configMap"] is not null || volume["emptyDir"] is not null, volume!.ToJsonString()));
        Assert.Equal("256Mi", Assert.Single(volumes, volume => volume!["emptyDir"] is not null)!["emptyDir"]!["sizeLimit"]!.GetValue<string>());
        var secrets = volumes.Where(volume => volume!["secret"] is not null).Select(volume => volume!["secret"]!["secretName"]!.GetValue<string>());
        Assert.Equal([DemoCluster.Receiver], secrets);
        Assert.Equal(
            ["acme-support.changed-at", "acme-support.probe-key", "acme-support.token"],
            (await Kubectl.GetAsync("secret", DemoCluster.Receiver))["data"]!.AsObject().Select(entry => entry.Key).Order(StringComparer.Ordinal));
        Assert.DoesNotContain("acme-telegram", pod.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_operator_pod_is_restricted_and_ready()
    {
        var pod = Assert.Single(await Kubectl.ListAsync("pods", SystemNamespace));

        PodSecurity.AssertRestricted(pod["spec"]!);
        Assert.True(pod["status"]!["containerStatuses"]![0]!["ready"]!.GetValue<bool>());
        Assert.Equal(0, pod["status"]!["containerStatuses"]![0]!["restartCount"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_pass_over_an_unchanged_world_writes_nothing()
    {
        const string Watched = "messengerintegrations,deployments,services,configmaps,secrets,networkpolicies";
        var before = await VersionsAsync(Watched);
        var writes = (await Simulator.RegistrationHistoryAsync()).Count;

        // A restarted operator looks at everything once.
        await Kubectl.RunAsync("--namespace", SystemNamespace, "rollout", "restart", "deployment/messenger-operator");
        await OperatorIsThereAsync();
        await Eventually.IsAsync(async () => await MetricAsync("controller_runtime_reconcile_total") > 0, "the restarted operator does not reconcile");

        Assert.Equal(before, await VersionsAsync(Watched));
        Assert.Equal(writes, (await Simulator.RegistrationHistoryAsync()).Count);
    }

    [Fact]
    public async Task Every_metric_of_the_alerts_and_the_dashboard_is_there()
    {
        var exposed = await MetricsAsync("messenger-operator-metrics", SystemNamespace, 8080)
            + await Kubectl.RunAsync("get", "--raw", $"/api/v1/namespaces/{DemoCluster.Namespace}/pods/{NameOf(await ReceiverPodAsync())}:8081/proxy/metrics");
        var used = await MetricNames.InTheChartAsync();

        // Counters of what has not happened yet do not exist yet.
        string[] notYet =
        [
            "messenger_operator_registrations_leaked_total", "messenger_receiver_refused_total", "messenger_operator_integration_credentials_expiration_seconds",
        ];
        Assert.NotEmpty(used);
        Assert.All(used.Except(notYet), name => Assert.Contains($"{name}{{", exposed, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("rollout", "restart", $"deployment/{DemoCluster.Receiver}")]
    [InlineData("patch", "messengerintegration", DemoCluster.Integration, "--type", "merge", "--patch", """{"spec":{"receiver":{"podAnnotations":{"example.org/rolled":"yes"}}}}""")]
    public async Task Nothing_is_lost_and_nothing_refused_while_the_receiver_rolls_under_constant_traffic(params string[] change)
    {
        var before = await ReceiverPodAsync();
        var refused = await FailedAttemptsAsync();
        await using var traffic = Traffic.Of(Simulator, "while it rolls");

        await Kubectl.InNamespaceAsync(change);

        await Eventually.IsAsync(async () => await PodsAsync() is [var pod] && NameOf(pod) != NameOf(before), "the former pod does not go", TimeSpan.FromMinutes(3));
        await Inbox.ReceivesAllAsync(await traffic.EndAsync());
        Assert.Equal(refused, await FailedAttemptsAsync());
    }

    [Fact]
    public async Task Nothing_is_lost_when_the_receivers_process_is_killed_with_a_full_hand()
    {
        var pod = await ReceiverPodAsync();
        await Inbox.FailWithAsync(503);
        var waiting = await Simulator.SendAsync("before it is killed {n}", count: 50, customers: 10);
        await AllAreAcknowledgedAsync();
        Assert.Empty((await Inbox.ArrivedAsync()).Intersect(waiting));

        ContainerProcess.Kill(pod["metadata"]!["uid"]!.GetValue<string>(), "messenger-receiver");
        var more = await Simulator.SendAsync("while it is dead {n}", count: 50, customers: 10);
        await Inbox.RecoverAsync();

        await Inbox.ReceivesAllAsync([.. waiting, .. more]);
        var restarted = await ReceiverPodAsync();
        Assert.Equal(NameOf(pod), NameOf(restarted));
        Assert.Equal(1, restarted["status"]!["containerStatuses"]![0]!["restartCount"]!.GetValue<int>());
    }

    [Fact]
    public async Task The_receivers_go_on_without_the_operator()
    {
        await Kubectl.RunAsync("--namespace", SystemNamespace, "scale", "deployment/messenger-operator", "--replicas", "0");
        await Kubectl.RunAsync("--namespace", SystemNamespace, "wait", "pod", "--all", "--for", "delete", "--timeout", "60s");

        var sent = await Simulator.SendAsync("nobody operates {n}", count: 20, customers: 4);
        var texts = new Dictionary<string, string>();
        foreach (var account in cluster.Accounts.Values)
        {
            texts[account.Integration] = await account.WriteAsync();
        }

        await Inbox.ReceivesAllAsync(sent);
        await Inbox.HearsAsync(texts);

        await Kubectl.RunAsync("--namespace", SystemNamespace, "scale", "deployment/messenger-operator", "--replicas", "1");
        await OperatorIsThereAsync();
    }

    [Fact]
    public async Task A_webhook_that_somebody_else_changed_is_put_back_on_request()
    {
        await Simulator.OverwriteWebhookAsync("https://hooks.acme.example/somebody/else");
        var requested = Guid.NewGuid().ToString("n");
        await Kubectl.InNamespaceAsync("annotate", "mi", DemoCluster.Integration, $"messenger-operator.io/requested-at={requested}", "--overwrite");

        await Eventually.IsAsync(
            async () => (await Simulator.WebhookAsync())?["url"]?.GetValue<string>() == "https://hooks.acme.example/contact-centre/acme-support",
            "the webhook is still somebody else's");
        await Eventually.IsAsync(
            async () => (await Kubectl.GetAsync("mi", DemoCluster.Integration))["status"]!["lastHandledRequest"]?.GetValue<string>() == requested,
            "the request is not echoed in the status");
        await ReadyAsync();
        await Inbox.ReceivesAllAsync(await Simulator.SendAsync("back again"));
    }

    [Fact]
    public async Task Nothing_is_lost_and_nothing_refused_while_the_sink_is_down_and_DeliveryHealthy_tells_it()
    {
        var refused = await FailedAttemptsAsync();
        await Kubectl.InNamespaceAsync("scale", "deployment/inbox", "--replicas", "0");
        await Kubectl.InNamespaceAsync("wait", "pod", "--selector", "app=inbox", "--for", "delete", "--timeout", "60s");
        var sent = await Simulator.SendAsync("nobody takes me {n}", count: 100, customers: 20);
        await AllAreAcknowledgedAsync();
        Assert.Equal(refused, await FailedAttemptsAsync());

        // Looked at every two minutes while all is well.
        await Kubectl.InNamespaceAsync("annotate", "mi", DemoCluster.Integration, $"example.org/look={Guid.NewGuid():n}", "--overwrite");
        await Eventually.IsAsync(async () => await ReasonAsync("DeliveryHealthy") == "SinkUnavailable", DescribeAsync, TimeSpan.FromMinutes(3));
        Assert.Equal("True", await Kubectl.ConditionAsync("Ready"));

        await Kubectl.InNamespaceAsync("scale", "deployment/inbox", "--replicas", "1");
        await Eventually.IsAsync(Inbox.AnswersAsync, "the inbox does not come back");
        await Inbox.ReceivesAllAsync(sent);
        await Eventually.IsAsync(async () => await ReasonAsync("DeliveryHealthy") == "Healthy", DescribeAsync, TimeSpan.FromMinutes(3));
    }

    [Fact]
    public async Task Events_move_to_a_broker_and_back_under_constant_traffic_without_a_loss()
    {
        const string Sink = """{"spec":{"sink":{"redis":{"endpoints":["redis.contact-centre.svc:6379"],"stream":"messages","username":{"name":"redis-receiver","key":"username"},"password":{"name":"redis-receiver","key":"password"}}}}}""";
        await cluster.LoadImageAsync("receiver-brokers");
        await using var redis = await RedisOnHost.StartAsync(Kubectl, await cluster.HostAddressAsync());
        var refused = await FailedAttemptsAsync();
        await using var traffic = Traffic.Of(Simulator, "to a broker");

        try
        {
            await Kubectl.InNamespaceAsync("patch", "messengerintegration", DemoCluster.Integration, "--type", "merge", "--patch", Sink);
            await RollsToAsync("receiver-brokers");
            await ReadyAsync();
            var there = await Simulator.SendAsync("by the broker {n}", count: 50, customers: 10);
            await Eventually.IsAsync(async () => (await redis.ArrivedAsync()).IsSupersetOf(there), "not everything is in the stream", TimeSpan.FromMinutes(2));
        }
        finally
        {
            await Kubectl.InNamespaceAsync("patch", "messengerintegration", DemoCluster.Integration, "--type", "merge", "--patch", """{"spec":{"sink":null}}""");
        }

        await RollsToAsync("receiver");
        await ReadyAsync();
        await Inbox.ReceivesAllAsync(await Simulator.SendAsync("by HTTP again {n}", count: 10));

        var sent = await traffic.EndAsync();
        await Eventually.IsAsync(
            async () => sent.All((await redis.ArrivedAsync()).Concat(await Inbox.ArrivedAsync()).ToHashSet().Contains), "some events are in neither place", TimeSpan.FromMinutes(2));
        Assert.Equal(refused, await FailedAttemptsAsync());
    }

    [Fact]
    public async Task A_hand_edit_of_the_receiver_is_repaired()
    {
        await Kubectl.InNamespaceAsync("patch", "service", DemoCluster.Receiver, "--type", "merge", "--patch", """{"spec":{"selector":{"app.kubernetes.io/name":"something-else"}}}""");

        await Eventually.IsAsync(
            async () => (await Kubectl.GetAsync("service", DemoCluster.Receiver))["spec"]!["selector"]!["app.kubernetes.io/name"]!.GetValue<string>() == "messenger-receiver",
            "the Service still selects something else");
        await Inbox.ReceivesAllAsync(await Simulator.SendAsync("found again"));
    }

    [Fact]
    public async Task No_secret_is_seen_anywhere_outside_of_secrets()
    {
        // All that the examples bring and all that the operator made.
        var planted = (await Kubectl.ListAsync("secrets"))
            .Where(secret => secret["type"]!.GetValue<string>() == "Opaque")
            .SelectMany(secret => secret["data"]!.AsObject().Select(entry => (
                Key: $"{secret["metadata"]!["name"]} {entry.Key}",
                Value: System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(entry.Value!.GetValue<string>())))))
            .ToDictionary(secret => secret.Key, secret => secret.Value);
        Assert.True(planted.Count >= 2 * DemoCluster.Providers.Length);
        foreach (var (place, text) in await Evidence.CollectAsync(Kubectl))
        {
            Assert.All(planted, secret =>
            {
                Assert.False(text.Contains(secret.Value, StringComparison.Ordinal), $"the {secret.Key} is in {place}");
                var encoded = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(secret.Value));
                Assert.False(text.Contains(encoded, StringComparison.Ordinal), $"the {secret.Key} in base64 is in {place}");
            });
        }
    }

    [Fact]
    public async Task Deleting_the_integrations_removes_every_webhook_and_every_child()
    {
        await Kubectl.InNamespaceAsync("delete", "mi", "--all", "--timeout", "90s");

        foreach (var account in cluster.Accounts.Values)
        {
            Assert.Equal(0, await account.RegistrationCountAsync());
        }

        await Eventually.IsAsync(
            async () => (await Kubectl.ListAsync("deployments,services,configmaps,secrets,networkpolicies,pods", selector: "app.kubernetes.io/managed-by=messenger-operator")).Count == 0,
            async () => "still there: " + await Kubectl.InNamespaceAsync("get", "all,configmaps,secrets,networkpolicies"));
    }

    [Fact]
    public async Task Uninstalling_the_release_deregisters_nothing_and_keeps_the_integration()
    {
        await Kubectl.InNamespaceAsync("apply", "--kustomize", Repository.PathOf("examples/telegram"));
        await ReadyAsync();

        await cluster.HelmAsync("uninstall", "messenger-operator", "--namespace", SystemNamespace);
        await Kubectl.RunAsync("--namespace", SystemNamespace, "wait", "pod", "--all", "--for", "delete", "--timeout", "60s");

        Assert.NotNull(await Simulator.WebhookAsync());
        Assert.Equal("True", await Kubectl.ConditionAsync("Ready"));
        Assert.Empty(await Kubectl.ListAsync("clusterroles,clusterrolebindings", null, "app.kubernetes.io/part-of=messenger-operator"));
        await Inbox.ReceivesAllAsync(await Simulator.SendAsync("still there"));
    }

    private static void AssertSettled(JsonNode integration)
    {
        var generation = integration["metadata"]!["generation"]!.GetValue<long>();
        var conditions = integration["status"]!["conditions"]!.AsArray();

        Assert.Equal(generation, integration["status"]!["observedGeneration"]!.GetValue<long>());
        Assert.All(conditions, condition => Assert.Equal(generation, condition!["observedGeneration"]!.GetValue<long>()));
        Assert.DoesNotContain(conditions, condition => condition!["type"]!.GetValue<string>() is "Reconciling" or "Stalled");
        Assert.All(conditions, condition => Assert.Equal("True", condition!["status"]!.GetValue<string>()));
    }

    private Task ReadyAsync() => Eventually.IsAsync(async () => await Kubectl.ConditionAsync("Ready") == "True", DescribeAsync, TimeSpan.FromSeconds(90));

    private Task<string> DescribeAsync() => Kubectl.InNamespaceAsync("describe", "mi", DemoCluster.Integration);

    private async Task<string?> ReasonAsync(string condition) => (await Kubectl.GetAsync("mi", DemoCluster.Integration))["status"]!["conditions"]!.AsArray()
        .FirstOrDefault(found => found!["type"]!.GetValue<string>() == condition)?["reason"]?.GetValue<string>();

    private async Task<int> FailedAttemptsAsync() => (await Simulator.DeliveriesAsync())["failedAttempts"]!.GetValue<int>();

    private Task AllAreAcknowledgedAsync() => Eventually.IsAsync(
        async () => (await Simulator.DeliveriesAsync())["pending"]!.GetValue<int>() == 0, "not everything is acknowledged although it can be made safe");

    /// <summary>Waits until the receiver has one pod, of that image, that is ready.</summary>
    private Task RollsToAsync(string image) => Eventually.IsAsync(
        async () => await PodsAsync() is [var pod]
            && pod["spec"]!["containers"]![0]!["image"]!.GetValue<string>() == $"docker.io/messenger-operator/{image}:dev"
            && pod["status"]!["containerStatuses"]?[0]!["ready"]!.GetValue<bool>() == true,
        DescribeAsync,
        TimeSpan.FromMinutes(4));

    private Task<string> OperatorIsThereAsync() => Kubectl.RunAsync("--namespace", SystemNamespace, "rollout", "status", "deployment/messenger-operator", "--timeout", "90s");

    /// <summary>A living pod of the Telegram account's receiver.</summary>
    private async Task<JsonNode> ReceiverPodAsync() => (await PodsAsync()).First(pod => pod["metadata"]!["deletionTimestamp"] is null);

    /// <summary>All pods of it.</summary>
    private async Task<IReadOnlyList<JsonNode>> PodsAsync() => await Kubectl.ListAsync("pods", selector: $"app.kubernetes.io/name=messenger-receiver,app.kubernetes.io/instance={DemoCluster.Integration}");

    private static string NameOf(JsonNode found) => found["metadata"]!["name"]!.GetValue<string>();

    /// <summary>Name and resourceVersion of every object, apart from what others than the operator write.</summary>
    private async Task<IReadOnlyList<string>> VersionsAsync(string kinds) =>
        [.. (await Kubectl.ListAsync(kinds, selector: "app.kubernetes.io/managed-by=messenger-operator")).Concat(await Kubectl.ListAsync("messengerintegrations"))
            .Select(found => $"{found["kind"]} {found["metadata"]!["name"]} {found["metadata"]!["resourceVersion"]}").Distinct().Order(StringComparer.Ordinal)];

    private Task<string> MetricsAsync(string service, string inNamespace, int port) =>
        Kubectl.RunAsync("get", "--raw", $"/api/v1/namespaces/{inNamespace}/services/{service}:{port}/proxy/metrics");

    private async Task<double> MetricAsync(string name) => (await Kubectl.TryAsync("get", "--raw", $"/api/v1/namespaces/{SystemNamespace}/services/messenger-operator-metrics:8080/proxy/metrics")) is { ExitCode: 0 } result
        ? result.Output.Split('\n').Where(line => line.StartsWith(name + "{", StringComparison.Ordinal))
            .Sum(line => double.Parse(line.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture))
        : 0;
}
