using MessengerOperator.Receiver.IntegrationTests.Harness;
using MessengerOperator.Receiver.Sinks;
using MessengerOperator.Receiver.Tests.Harness;

namespace MessengerOperator.Receiver.IntegrationTests.Kafka;

/// <summary>Kafka topics.</summary>
public sealed class KafkaSinkTests(KafkaServer server) : SinkContract, IClassFixture<KafkaServer>
{
    private protected override ISinkServer Server => server;

    [Fact]
    public async Task The_key_is_the_conversation_so_that_it_stays_in_one_partition()
    {
        await using var stand = new SinkStand();
        var place = $"events-{Guid.NewGuid():N}";
        await Server.PrepareAsync(place);
        var sink = stand.Open(Server.Sink(place), Server.Files);

        Assert.Equal(SinkOutcome.Taken, (await sink.DeliverAsync(TestEvents.Of("conversation-7", 1))).Outcome);
        Assert.Equal(SinkOutcome.Taken, (await sink.DeliverAsync(TestEvents.Of("x", 2) with { PartitionKey = null })).Outcome);

        Assert.Equal(["conversation-7", null], (await Server.TakenAsync(place)).OrderBy(taken => taken.Attributes["id"]).Select(taken => taken.Key is "" ? null : taken.Key));
    }

    [Theory]
    [InlineData(29, "Unavailable", "the user may not write there")]
    [InlineData(44, "Refused", "the topic's rules do not allow the event")]
    [InlineData(10, "Refused", "the event is larger than it takes")]
    [InlineData(87, "Refused", "the topic's rules do not allow the event")]
    public async Task What_the_broker_refuses_is_told_and_the_next_event_is_taken(int error, string outcome, string problem)
    {
        await using var stand = new SinkStand();
        var place = $"events-{Guid.NewGuid():N}";
        await Server.PrepareAsync(place);
        var sink = stand.Open(Server.Sink(place), Server.Files);
        Assert.Equal(SinkOutcome.Taken, (await sink.DeliverAsync(TestEvents.Of("c", 1))).Outcome);

        server.FailProduce(error);
        var failed = await sink.DeliverAsync(TestEvents.Of("c", 2));

        Assert.Equal((outcome, problem), (failed.Outcome.ToString(), failed.Problem));
        // The client remembers for a moment that it may not write.
        await Eventually.HoldsAsync(async () => (await sink.DeliverAsync(TestEvents.Of("c", 3))).Outcome == SinkOutcome.Taken, "the next event is taken");
        Assert.Equal(["c-1", "c-3"], (await Server.TakenAsync(place)).Select(taken => taken.Attributes["id"]));
    }

    [Fact]
    public async Task What_passes_by_itself_is_tried_again_within_the_time_limit()
    {
        await using var stand = new SinkStand();
        var place = $"events-{Guid.NewGuid():N}";
        await Server.PrepareAsync(place);
        var sink = stand.Open(Server.Sink(place), Server.Files);

        // NOT_LEADER_OR_FOLLOWER, NOT_ENOUGH_REPLICAS: an election, a replica that restarts.
        server.FailProduce(6, 19);

        Assert.Equal(SinkOutcome.Taken, (await sink.DeliverAsync(TestEvents.Of("c", 1))).Outcome);
        Assert.Single(await Server.TakenAsync(place));
    }

    [Fact]
    public async Task A_private_address_is_not_connected_to_where_that_is_not_allowed()
    {
        await using var stand = new SinkStand();
        var place = $"events-{Guid.NewGuid():N}";
        await Server.PrepareAsync(place);
        var kafka = Server.Sink(place).Kafka!;
        var result = await stand.Open(new() { Kafka = kafka with { DenyPrivateAddresses = true } }, Server.Files).DeliverAsync(TestEvents.Of("c", 1));

        Assert.Equal(SinkOutcome.Unreachable, result.Outcome);
        Assert.Empty(await Server.TakenAsync(place));
    }

    [Theory]
    [InlineData("PLAIN")]
    [InlineData("SCRAM-SHA-256")]
    [InlineData("SCRAM-SHA-512")]
    public async Task A_user_proves_who_it_is_by_each_mechanism_and_a_wrong_password_is_told_and_not_shown(string mechanism)
    {
        await using var stand = new SinkStand();
        await using var broker = new SaslBroker(mechanism, "sink", "right-password-4711");
        var files = new Dictionary<string, string> { ["user"] = "sink", ["password"] = "right-password-4711", ["wrong-password"] = "wrong-password-4712" };
        Providers.Webhooks.ReceiverSink Sink(string password) => new()
        {
            Kafka = new() { BootstrapServers = [$"localhost:{broker.Port}"], Topic = "events", Sasl = new() { Mechanism = mechanism, UserNameFile = "user", PasswordFile = password } },
        };

        var refused = await stand.Open(Sink("wrong-password"), files).DeliverAsync(TestEvents.Of("c", 1));
        Assert.Equal(new SinkResult(SinkOutcome.Unavailable, Problem: SinkProblem.Credentials), refused);
        Assert.Equal(0, broker.Authenticated);

        // It answers nothing else, so the event cannot arrive; that something else is asked shows that the password was taken.
        await stand.Open(Sink("password"), files).DeliverAsync(TestEvents.Of("c", 2));
        Assert.True(broker.Authenticated > 0);
    }

    [Fact]
    public async Task An_authority_that_is_named_is_trusted_and_an_unknown_one_is_told()
    {
        await using var stand = new SinkStand();
        using var authority = new TestCertificates();
        using var other = new TestCertificates();
        await using var server = new TlsHandshakes(authority.Issue());
        var files = new Dictionary<string, string> { ["ca.pem"] = authority.AuthorityPem, ["other-ca.pem"] = other.AuthorityPem };
        Providers.Webhooks.ReceiverSink Sink(string bundle) =>
            new() { Kafka = new() { BootstrapServers = [$"localhost:{server.Port}"], Topic = "events", Tls = new() { CaBundleFile = bundle } } };

        var refused = await stand.Open(Sink("other-ca.pem"), files).DeliverAsync(TestEvents.Of("c", 1));
        Assert.Equal(new SinkResult(SinkOutcome.Unreachable, Problem: SinkProblem.Tls), refused);
        Assert.Equal(0, server.Completed);

        // There is no broker behind it: that a request arrives shows that the handshake is done.
        await stand.Open(Sink("ca.pem"), files).DeliverAsync(TestEvents.Of("c", 2));
        Assert.True(server.Completed > 0);
    }
}
