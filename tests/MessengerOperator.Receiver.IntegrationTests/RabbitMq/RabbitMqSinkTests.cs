using MessengerOperator.Providers.Webhooks;
using MessengerOperator.Receiver.IntegrationTests.Harness;
using MessengerOperator.Receiver.Sinks;
using RabbitMQ.Client;

namespace MessengerOperator.Receiver.IntegrationTests.RabbitMq;

/// <summary>RabbitMQ queues and exchanges.</summary>
public sealed class RabbitMqSinkTests(RabbitMqServer server) : SinkContract, IClassFixture<RabbitMqServer>
{
    private protected override ISinkServer Server => server;

    [Fact]
    public async Task A_queue_that_is_declared_is_a_durable_quorum_queue()
    {
        await using var stand = new SinkStand();
        var place = $"events-{Guid.NewGuid():N}";
        Assert.Equal(SinkOutcome.Taken, (await stand.Open(Server.Sink(place), Server.Files).DeliverAsync(TestEvents.Of("c", 1))).Outcome);

        await using var connection = await server.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();

        // Declaring it again with the same properties is allowed, with others it is not.
        var again = await channel.QueueDeclareAsync(place, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-queue-type"] = "quorum" });
        Assert.Equal(place, again.QueueName);
    }

    [Fact]
    public async Task What_no_queue_takes_is_not_taken_until_there_is_one()
    {
        await using var stand = new SinkStand();
        var name = $"events-{Guid.NewGuid():N}";
        await using var connection = await server.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        var sink = stand.Open(Exchange(name, "support"), Server.Files);

        var noExchange = await sink.DeliverAsync(TestEvents.Of("c", 1));
        await channel.ExchangeDeclareAsync(name, ExchangeType.Topic, durable: true);
        var noQueue = await sink.DeliverAsync(TestEvents.Of("c", 2));
        await channel.QueueDeclareAsync(name, durable: true, exclusive: false, autoDelete: false);
        await channel.QueueBindAsync(name, name, "support");
        var taken = await sink.DeliverAsync(TestEvents.Of("c", 3));

        Assert.Equal((SinkOutcome.Unavailable, "there is no such exchange"), (noExchange.Outcome, noExchange.Problem));
        Assert.Equal(SinkOutcome.Unavailable, noQueue.Outcome);
        Assert.StartsWith("no queue takes the event", noQueue.Problem, StringComparison.Ordinal);
        Assert.Equal(SinkOutcome.Taken, taken.Outcome);
        Assert.Equal("c-3", Assert.Single(await Server.TakenAsync(name)).Attributes["id"]);
    }

    [Fact]
    public async Task A_queue_that_rejects_because_it_is_full_has_not_taken_the_event()
    {
        await using var stand = new SinkStand();
        var place = $"events-{Guid.NewGuid():N}";
        await using var connection = await server.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.QueueDeclareAsync(
            place, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-max-length"] = 1, ["x-overflow"] = "reject-publish" });
        var sink = stand.Open(Server.Sink(place), Server.Files);

        Assert.Equal(SinkOutcome.Taken, (await sink.DeliverAsync(TestEvents.Of("c", 1))).Outcome);
        var rejected = await sink.DeliverAsync(TestEvents.Of("c", 2));

        Assert.Equal(SinkOutcome.Unavailable, rejected.Outcome);
        Assert.StartsWith("the queue rejects the event", rejected.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_virtual_host_that_is_not_there_is_told()
    {
        await using var stand = new SinkStand();
        var rabbit = Server.Sink("events").RabbitMq!;
        var result = await stand.Open(new() { RabbitMq = rabbit with { VirtualHost = "nowhere" } }, Server.Files).DeliverAsync(TestEvents.Of("c", 1));

        Assert.Equal(SinkOutcome.Unavailable, result.Outcome);
        Assert.StartsWith("there is no such virtual host", result.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_private_address_is_not_connected_to_where_that_is_not_allowed()
    {
        await using var stand = new SinkStand();
        var rabbit = Server.Sink("events").RabbitMq!;
        var result = await stand.Open(new() { RabbitMq = rabbit with { DenyPrivateAddresses = true } }, Server.Files).DeliverAsync(TestEvents.Of("c", 1));

        Assert.Equal(SinkOutcome.Unreachable, result.Outcome);
    }

    private ReceiverSink Exchange(string name, string routingKey) =>
        new() { RabbitMq = Server.Sink(name).RabbitMq! with { Queue = null, DeclareQueue = false, Exchange = name, RoutingKey = routingKey } };
}
