using MessengerOperator.Receiver.IntegrationTests.Harness;
using MessengerOperator.Receiver.Sinks;

namespace MessengerOperator.Receiver.IntegrationTests.Redis;

/// <summary>Redis streams.</summary>
public sealed class RedisSinkTests(RedisServer server) : SinkContract, IClassFixture<RedisServer>
{
    private protected override ISinkServer Server => server;

    [Fact]
    public async Task A_stream_with_a_length_does_not_grow_far_beyond_it()
    {
        await using var stand = new SinkStand();
        var place = $"events-{Guid.NewGuid():N}";
        var redis = Server.Sink(place).Redis!;
        var sink = stand.Open(new() { Redis = redis with { MaxLength = 100 } }, Server.Files);

        await Task.WhenAll(Enumerable.Range(0, 1000).Select(number => sink.DeliverAsync(TestEvents.Of("c", number))));

        Assert.InRange((await Server.TakenAsync(place)).Count, 100, 400);
    }

    [Fact]
    public async Task A_key_that_is_no_stream_and_one_that_the_user_may_not_write_are_told()
    {
        await using var stand = new SinkStand();
        var place = $"events-{Guid.NewGuid():N}";
        await using var admin = await server.ConnectAsync();
        await admin.GetDatabase().StringSetAsync(place, "text");

        var noStream = await stand.Open(Server.Sink(place), Server.Files).DeliverAsync(TestEvents.Of("c", 1));
        var forbidden = await stand.Open(Server.Sink("elsewhere"), Server.Files).DeliverAsync(TestEvents.Of("c", 1));

        Assert.Equal(new SinkResult(SinkOutcome.Unavailable, Problem: "the key holds something that is not a stream"), noStream);
        Assert.Equal(new SinkResult(SinkOutcome.Unavailable, Problem: SinkProblem.Permission), forbidden);
    }

    [Fact]
    public async Task A_private_address_is_not_connected_to_where_that_is_not_allowed()
    {
        await using var stand = new SinkStand();
        var redis = Server.Sink("events-private").Redis!;
        var result = await stand.Open(new() { Redis = redis with { DenyPrivateAddresses = true } }, Server.Files).DeliverAsync(TestEvents.Of("c", 1));

        Assert.Equal(SinkOutcome.Unreachable, result.Outcome);
        Assert.Empty(await Server.TakenAsync("events-private"));
    }
}
