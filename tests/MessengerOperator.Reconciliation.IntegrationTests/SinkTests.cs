using k8s;
using k8s.Models;
using MessengerOperator.Reconciliation.IntegrationTests.World;
using static MessengerOperator.Api.MessengerIntegrations.MessengerIntegrationConditions;
using static MessengerOperator.Api.MessengerIntegrations.MessengerIntegrationReasons;

namespace MessengerOperator.Reconciliation.IntegrationTests;

/// <summary>Where events go, and where they must not.</summary>
public class SinkTests(ControlPlane plane)
{
    private const string ToService = """{"sink":{"http":{"ref":{"apiVersion":"v1","kind":"Service","name":"agents","path":"/events"}}}}""";

    [Fact]
    public async Task Without_a_sink_it_says_so_and_a_sink_is_enough()
    {
        await using var world = await TestWorld.StartAsync(plane, new WorldOptions { Integrations = integrations => integrations.Sink = null });
        await world.CreateSecretAsync();
        await world.Integrations.CreateAsync("acme", world.Bot);
        await world.IsHeldUpAsync("acme", SinkResolved, NoSink, says: "set spec.sink");
        Assert.Null(await world.WebhookAsync());

        await world.Integrations.ChangeAsync("acme", """{"sink":{"http":{"url":"https://agents.acme.example/events"}}}""");

        await world.IsReadyAsync("acme");
        Assert.Contains("https://agents.acme.example/events", await world.Receiver.ConfigurationAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Service_that_comes_later_is_found_by_itself()
    {
        await using var world = await TestWorld.StartAsync(plane);
        await world.CreateSecretAsync();
        await world.Integrations.CreateAsync("acme", world.Bot, ToService);
        await world.IsHeldUpAsync("acme", SinkResolved, SinkNotFound, says: "create it or correct the reference", stalled: false);

        await CreateServiceAsync(world, 8080);

        await world.IsReadyAsync("acme", TimeSpan.FromMinutes(2));
        Assert.Contains($"http://agents.{world.Namespace}.svc:8080/events", await world.Receiver.ConfigurationAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Service_whose_port_cannot_be_told_is_told()
    {
        await using var world = await TestWorld.StartAsync(plane);
        await CreateServiceAsync(world, 8080, 9090);
        await world.CreateSecretAsync();
        await world.Integrations.CreateAsync("acme", world.Bot, ToService);
        await world.IsHeldUpAsync("acme", SinkResolved, SinkNotAddressable, says: "a Service needs the named port", stalled: false);

        await world.Integrations.ChangeAsync("acme", """{"sink":{"http":{"ref":{"port":9090}}}}""");

        await world.IsReadyAsync("acme");
        Assert.Contains($"http://agents.{world.Namespace}.svc:9090/events", await world.Receiver.ConfigurationAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://10.1.2.3/")]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("http://127.0.0.1:8080/")]
    [InlineData("http://[::1]/")]
    [InlineData("http://[::ffff:10.0.0.1]/")]
    [InlineData("http://2130706433/")]
    [InlineData("http://localhost/")]
    [InlineData("http://kubernetes.default.svc/")]
    [InlineData("http://metadata.google.internal/")]
    public async Task A_private_address_is_refused(string url)
    {
        await using var world = await TestWorld.StartAsync(plane);
        await world.CreateSecretAsync();
        await world.Integrations.CreateAsync("acme", world.Bot, $$"""{"sink":{"http":{"url":"{{url}}" } } }""");
        await world.IsHeldUpAsync("acme", SinkResolved, SinkNotAllowed, says: "The operator's policy");

        await world.Integrations.ChangeAsync("acme", """{"sink":{"http":{"url":"https://agents.acme.example/"}}}""");

        await world.IsReadyAsync("acme");
    }

    [Fact]
    public async Task A_Service_of_another_namespace_is_refused()
    {
        await using var world = await TestWorld.StartAsync(plane);
        await world.CreateSecretAsync();
        await world.Integrations.CreateAsync(
            "acme", world.Bot, """{"sink":{"http":{"ref":{"apiVersion":"v1","kind":"Service","name":"kubernetes","namespace":"default"}}}}""");

        await world.IsHeldUpAsync("acme", SinkResolved, SinkNotAllowed, says: "The operator's policy");
    }

    [Theory]
    [InlineData("""{"sink":{"http":{"ref":{"apiVersion":"v1","kind":"Service","name":"kubernetes","namespace":"default","port":443}}}}""")]
    [InlineData("""{"sink":{"http":null,"redis":{"endpoints":["kubernetes.default.svc:443"],"stream":"messages"}}}""")]
    public async Task A_Service_of_another_namespace_that_may_not_be_read_is_told_and_the_right_is_enough(string sink)
    {
        await using var world = await TestWorld.StartAsync(plane, new WorldOptions { IsConfined = true, Integrations = integrations => integrations.AllowCrossNamespaceSinks = true });
        await world.CreateSecretAsync();
        await world.Integrations.CreateAsync("acme", world.Bot, sink);
        await world.IsHeldUpAsync("acme", SinkResolved, SinkForbidden, says: "the right to get services in the namespace 'default'", stalled: false);
        Assert.Null(await world.WebhookAsync());

        await ConfinedAccount.GrantAsync(world.Client, world.Namespace, "default", new V1PolicyRule { ApiGroups = [""], Resources = ["services"], Verbs = ["get"] });

        await world.IsReadyAsync("acme", TimeSpan.FromMinutes(2));
    }

    [Fact]
    public async Task A_missing_Secret_of_a_header_is_told_and_its_arrival_is_enough()
    {
        await using var world = await TestWorld.StartAsync(plane);
        await world.CreateSecretAsync();
        await world.Integrations.CreateAsync(
            "acme",
            world.Bot,
            """{"sink":{"http":{"url":"https://agents.acme.example/","headers":[{"name":"X-Api-Key","valueFrom":{"name":"agents","key":"apiKey"}}]}}}""");
        await world.IsHeldUpAsync("acme", SinkResolved, SecretNotFound, says: "create it with the key 'apiKey'");

        await world.CreateSecretAsync("planted", name: "agents", key: "apiKey");

        await world.IsReadyAsync("acme");
    }

    [Fact]
    public async Task A_brokers_addresses_and_credentials_get_to_a_receiver_that_knows_brokers()
    {
        await using var world = await TestWorld.StartAsync(plane, new WorldOptions { Integrations = integrations => integrations.ReceiverBrokersImage = "receiver-brokers:test" });
        await world.CreateSecretAsync();
        await world.Integrations.CreateAsync("acme", world.Bot, """{"sink":{"http":{"url":"https://agents.acme.example/"}}}""");
        await world.IsReadyAsync("acme");
        var lean = await ImageAsync(world);

        await world.Integrations.ChangeAsync("acme", $$$$$"""
            {"sink":{"http":null,"kafka":{"bootstrapServers":["pod-0.agents.{{{{{world.Namespace}}}}}.svc:9093"],"topic":"messages","sasl":{"mechanism":"ScramSha512",
            "username":{"name":"kafka","key":"user"},"password":{"name":"kafka","key":"password"}},"tls":{"caBundle":"cGVt"}}}}
            """);
        await world.IsHeldUpAsync("acme", SinkResolved, SinkNotFound, says: "create it or correct the address", stalled: false);
        await CreateServiceAsync(world, 9093);
        await world.IsHeldUpAsync("acme", SinkResolved, SecretNotFound, says: "spec.sink username: there is no Secret 'kafka'");
        await world.Client.CoreV1.CreateNamespacedSecretAsync(
            new V1Secret { Metadata = new V1ObjectMeta { Name = "kafka" }, StringData = new Dictionary<string, string> { ["user"] = "receiver", ["password"] = "planted" } }, world.Namespace);

        await world.IsReadyAsync("acme");
        var team = world.Group("acme");
        var kafka = (await team.RouteAsync("acme"))!.Sink.Kafka!;
        Assert.Equal(("messages", "SCRAM-SHA-512", false), (kafka.Topic, kafka.Sasl!.Mechanism, kafka.DenyPrivateAddresses));
        Assert.Equal($"pod-0.agents.{world.Namespace}.svc:9093", Assert.Single(kafka.BootstrapServers));
        Assert.Equal("receiver", await team.SecretAsync(Path.GetFileName(kafka.Sasl.UserNameFile)));
        Assert.Equal("planted", await team.SecretAsync(Path.GetFileName(kafka.Sasl.PasswordFile)));
        Assert.NotNull(kafka.Tls!.CaBundleFile);
        Assert.NotEqual("receiver-brokers:test", lean);
        Assert.Equal("receiver-brokers:test", await ImageAsync(world));
    }

    [Fact]
    public async Task A_broker_leaves_the_operator_at_rest()
    {
        await using var world = await TestWorld.StartAsync(plane);
        await CreateServiceAsync(world, 6379);
        await world.CreateSecretAsync();
        await world.Integrations.CreateAsync("acme", world.Bot, $$$$$"""{"sink":{"http":null,"redis":{"endpoints":["agents.{{{{{world.Namespace}}}}}.svc:6379"],"stream":"messages"}}}""");

        await world.IsReadyAsync("acme");

        await world.FurtherPassesAreIdleAsync("acme");
    }

    [Theory]
    [InlineData("10.1.2.3:6379")]
    [InlineData("[::1]:6379")]
    [InlineData("redis:6379")]
    [InlineData("kubernetes.default.svc:443")]
    [InlineData("redis.cluster.local:6379")]
    public async Task A_brokers_private_address_is_refused(string endpoint)
    {
        await using var world = await TestWorld.StartAsync(plane);
        await world.CreateSecretAsync();
        await world.Integrations.CreateAsync("acme", world.Bot, $$$$$"""{"sink":{"http":null,"redis":{"endpoints":["{{{{{endpoint}}}}}"],"stream":"messages"}}}""");

        await world.IsHeldUpAsync("acme", SinkResolved, SinkNotAllowed, says: "an address of spec.sink.redis");
    }

    [Fact]
    public async Task The_sink_of_dead_letters_and_its_secrets_get_to_the_receiver_and_so_does_the_order()
    {
        await using var world = await TestWorld.StartAsync(plane);
        await world.CreateSecretAsync();
        await world.Integrations.CreateAsync("acme", world.Bot, """{"delivery":{"ordering":"None","deadLetter":{"http":{"url":"https://dead.acme.example/","bearerToken":{"name":"dead","key":"token"}}}}}""");
        await world.IsHeldUpAsync("acme", SinkResolved, SecretNotFound, says: "spec.delivery.deadLetter bearerToken: there is no Secret 'dead'");

        await world.CreateSecretAsync("planted", name: "dead", key: "token");

        await world.IsReadyAsync("acme");
        var team = world.Group("acme");
        var route = (await team.RouteAsync("acme"))!;
        Assert.Equal(("None", "https://dead.acme.example/"), (route.Ordering, route.DeadLetterSink?.Http?.Url.AbsoluteUri));
        Assert.Equal("planted", await team.SecretAsync(Path.GetFileName(route.DeadLetterSink!.Http!.BearerTokenFile!)));
        Assert.True(route.DeadLetterSink.Http.DenyPrivateAddresses);
        await world.FurtherPassesAreIdleAsync("acme");

        await world.Integrations.ChangeAsync("acme", """{"delivery":{"ordering":"Conversation","deadLetter":null}}""");

        await MessengerOperator.TestKit.Eventually.Holds(async () => (await team.RouteAsync("acme")) is { Ordering: null, DeadLetterSink: null });
        await MessengerOperator.TestKit.Eventually.Holds(async () => (await team.SecretKeysAsync()).All(key => !key.Contains("dead-letter", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_private_address_is_refused_for_dead_letters_too()
    {
        await using var world = await TestWorld.StartAsync(plane);
        await world.CreateSecretAsync();
        await world.Integrations.CreateAsync("acme", world.Bot, """{"delivery":{"deadLetter":{"http":{"url":"http://169.254.169.254/"}}}}""");
        await world.IsHeldUpAsync("acme", SinkResolved, SinkNotAllowed, says: "use spec.delivery.deadLetter.http.ref");

        await world.Integrations.ChangeAsync("acme", """{"delivery":{"deadLetter":null}}""");

        await world.IsReadyAsync("acme");
    }

    private static Task<V1Service> CreateServiceAsync(TestWorld world, params int[] ports) => world.Client.CoreV1.CreateNamespacedServiceAsync(
        new V1Service
        {
            Metadata = new V1ObjectMeta { Name = "agents" },
            Spec = new V1ServiceSpec { Ports = [.. ports.Select(port => new V1ServicePort { Name = $"p{port}", Port = port })] },
        },
        world.Namespace,
        cancellationToken: TestContext.Current.CancellationToken);

    private static async Task<string> ImageAsync(TestWorld world) =>
        (await world.Client.AppsV1.ListNamespacedDeploymentAsync(world.Namespace)).Items.Single().Spec.Template.Spec.Containers.Single().Image;
}
