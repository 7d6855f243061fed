namespace MessengerOperator.EndToEndTests.Cluster;

/// <summary>One Telegram account on a cluster with real pods, looked at as its users would. The tests run in this order, each on what the one before left.</summary>
[TestMethodOrderer(typeof(DeclarationOrderer))]
public sealed class TelegramAccountTests(DemoCluster cluster) : IClassFixture<DemoCluster>
{
    private const string SystemNamespace = "messenger-system";

    private Kubectl Kubectl => cluster.Kubectl;

    private Simulator Simulator => cluster.Simulator;

    private Inbox Inbox => cluster.Inbox;

    [Fact]
    public void The_demo_ends_in_its_one_line_with_nothing_lost()
    {
        Assert.Matches(DemoCluster.LastLine, cluster.DemoOutput);
        Assert.Equal(1, cluster.Counted("ready"));
        Assert.Equal(0, cluster.Counted("lost"));
        Assert.True(cluster.Counted("sent") >= 20, cluster.DemoOutput);
        Assert.Equal(cluster.Counted("sent"), cluster.Counted("delivered"));
    }

    [Fact]
    public async Task Kubectl_shows_the_account_and_that_it_is_ready()
    {
        var table = await Kubectl.InNamespaceAsync("get", "mi", "--output", "wide");
        var rows = table.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(2, rows.Length);
        Assert.Equal(["NAME", "PROVIDER", "ACCOUNT", "READY", "REASON", "AGE", "URL", "MESSAGE"], rows[0].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(["acme-support", "Telegram", "acme_support_bot", "True"], rows[1].Split(' ', StringSplitOptions.RemoveEmptyEntries)[..4]);
        Assert.Contains("https://hooks.acme.example/contact-centre/acme-support", rows[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_status_obeys_kstatus_and_has_seen_the_whole_specification()
    {
        var integration = await Kubectl.GetAsync("messengerintegration", DemoCluster.Integration);
        var generation = integration["metadata"]!["generation"]!.GetValue<long>();
        var conditions = integration["status"]!["conditions"]!.AsArray();

        Assert.Equal(generation, integration["status"]!["observedGeneration"]!.GetValue<long>());
        Assert.All(conditions, condition => Assert.Equal(generation, condition!["observedGeneration"]!.GetValue<long>()));
        Assert.DoesNotContain(conditions, condition => condition!["type"]!.GetValue<string>() is "Reconciling" or "Stalled");
        Assert.All(conditions, condition => Assert.Equal("True", condition!["status"]!.GetValue<string>()));
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
        var pod = Assert.Single(await Kubectl.ListAsync("pods", selector: "app.kubernetes.io/name=messenger-receiver"))["spec"]!;

        PodSecurity.AssertRestricted(pod);
        Assert.False(pod["automountServiceAccountToken"]!.GetValue<bool>());
        var volumes = pod["volumes"]!.AsArray();
        Assert.All(volumes, volume => Assert.True(volume!["secret"] is not null || volume["configMap"] is not null, volume!.ToJsonString()));
        var secrets = volumes.Where(volume => volume!["secret"] is not null).Select(volume => volume!["secret"]!["secretName"]!.GetValue<string>());
        Assert.Equal(["acme-support-webhook"], secrets);
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
            + await Kubectl.RunAsync("get", "--raw", $"/api/v1/namespaces/{DemoCluster.Namespace}/pods/{await ReceiverPodAsync()}:8081/proxy/metrics");
        var used = await MetricNames.InTheChartAsync();

        // Counters of what has not happened yet do not exist yet.
        string[] notYet =
        [
            "messenger_operator_registrations_leaked_total", "messenger_receiver_refused_total", "messenger_operator_integration_credentials_expiration_seconds",
        ];
        Assert.NotEmpty(used);
        Assert.All(used.Except(notYet), name => Assert.Contains($"{name}{{", exposed, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_is_lost_while_the_receiver_rolls()
    {
        var first = await Simulator.SendAsync("before {n}", count: 100, customers: 20);
        await Kubectl.InNamespaceAsync("rollout", "restart", $"deployment/{DemoCluster.Receiver}");
        var second = await Simulator.SendAsync("while it rolls {n}", count: 200, customers: 20);
        await Kubectl.InNamespaceAsync("rollout", "status", $"deployment/{DemoCluster.Receiver}", "--timeout", "90s");
        var third = await Simulator.SendAsync("after {n}", count: 100, customers: 20);

        await Inbox.ReceivesAllAsync([.. first, .. second, .. third]);
    }

    [Fact]
    public async Task Nothing_is_lost_when_the_receiver_is_killed()
    {
        await Kubectl.InNamespaceAsync("delete", "pod", await ReceiverPodAsync(), "--grace-period", "0", "--force", "--wait=false");
        var sent = await Simulator.SendAsync("while it is dead {n}", count: 50, customers: 10);

        await Inbox.ReceivesAllAsync(sent);
    }

    [Fact]
    public async Task The_receiver_goes_on_without_the_operator()
    {
        await Kubectl.RunAsync("--namespace", SystemNamespace, "scale", "deployment/messenger-operator", "--replicas", "0");
        await Kubectl.RunAsync("--namespace", SystemNamespace, "wait", "pod", "--all", "--for", "delete", "--timeout", "60s");

        var sent = await Simulator.SendAsync("nobody operates {n}", count: 20, customers: 4);
        await Inbox.ReceivesAllAsync(sent);

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
    public async Task Nothing_is_lost_while_the_sink_is_down()
    {
        await Inbox.FailWithAsync(503);
        var sent = await Simulator.SendAsync("nobody takes me {n}", count: 20, customers: 5);
        await Eventually.IsAsync(async () => (await Simulator.DeliveriesAsync())["failedAttempts"]!.GetValue<int>() >= 5, "the receiver acknowledges what the sink has not taken");
        Assert.Empty((await Inbox.ArrivedAsync()).Intersect(sent));

        await Inbox.RecoverAsync();
        await Inbox.ReceivesAllAsync(sent);
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
        var planted = new Dictionary<string, string>
        {
            ["bot token"] = await Kubectl.SecretAsync("acme-telegram", "apiToken"),
            ["webhook token"] = await Kubectl.SecretAsync("acme-support-webhook", "token"),
            ["probe key"] = await Kubectl.SecretAsync("acme-support-webhook", "probeKey"),
            ["receiver's probe key"] = await Kubectl.SecretAsync("acme-support-receiver", "acme-support.probe-key"),
        };
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
    public async Task Deleting_the_integration_removes_the_webhook_and_every_child()
    {
        await Kubectl.InNamespaceAsync("delete", "mi", DemoCluster.Integration, "--timeout", "60s");

        Assert.Null(await Simulator.WebhookAsync());
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

    private Task ReadyAsync() => Eventually.IsAsync(
        async () => await Kubectl.ConditionAsync("Ready") == "True",
        async () => await Kubectl.InNamespaceAsync("describe", "mi", DemoCluster.Integration),
        TimeSpan.FromSeconds(90));

    private Task<string> OperatorIsThereAsync() => Kubectl.RunAsync("--namespace", SystemNamespace, "rollout", "status", "deployment/messenger-operator", "--timeout", "90s");

    private async Task<string> ReceiverPodAsync() => (await Kubectl.ListAsync("pods", selector: "app.kubernetes.io/name=messenger-receiver"))
        .First(pod => pod["metadata"]!["deletionTimestamp"] is null)["metadata"]!["name"]!.GetValue<string>();

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
