using MessengerOperator.Receiver.IntegrationTests.Harness;
using MessengerOperator.Receiver.Sinks;
using MessengerOperator.Receiver.Tests.Harness;

namespace MessengerOperator.Receiver.IntegrationTests.Redis;

/// <summary>Redis streams of a cluster, of which the sink is told one node.</summary>
public sealed class RedisClusterSinkTests(RedisCluster cluster) : SinkContract, IClassFixture<RedisCluster>
{
    private protected override ISinkServer Server => cluster;

    [Fact]
    public async Task Streams_of_every_node_are_found_from_one()
    {
        await using var stand = new SinkStand();
        var places = Enumerable.Range(0, 12).Select(_ => $"events-{Guid.NewGuid():N}").ToList();

        foreach (var place in places)
        {
            Assert.Equal(SinkOutcome.Taken, (await stand.Open(Server.Sink(place), Server.Files).DeliverAsync(TestEvents.Of("c", 1))).Outcome);
            Assert.Single(await Server.TakenAsync(place));
        }

        Assert.True((await Task.WhenAll(places.Select(cluster.OwnerAsync))).Distinct().Count() > 1, "the streams are on several nodes");
    }

    [Fact]
    public async Task A_stream_that_moves_to_another_node_is_followed()
    {
        await using var stand = new SinkStand();
        var place = $"events-{Guid.NewGuid():N}";
        var sink = stand.Open(Server.Sink(place), Server.Files);
        Assert.Equal(SinkOutcome.Taken, (await sink.DeliverAsync(TestEvents.Of("c", 1))).Outcome);

        await cluster.MoveAsync(place, async () => Assert.Equal(SinkOutcome.Taken, (await sink.DeliverAsync(TestEvents.Of("c", 2))).Outcome));

        Assert.Equal(SinkOutcome.Taken, (await sink.DeliverAsync(TestEvents.Of("c", 3))).Outcome);
        Assert.Equal(["c-1", "c-2", "c-3"], (await Server.TakenAsync(place)).Select(taken => taken.Attributes["id"]));
    }

    [Fact]
    public async Task A_node_that_crashes_and_comes_back_is_used_again()
    {
        await using var stand = new SinkStand();
        var place = $"events-{Guid.NewGuid():N}";
        var sink = stand.Open(Server.Sink(place), Server.Files);
        Assert.Equal(SinkOutcome.Taken, (await sink.DeliverAsync(TestEvents.Of("c", 1))).Outcome);
        var owner = await cluster.OwnerAsync(place);

        await owner.KillAsync();
        var failed = await sink.DeliverAsync(TestEvents.Of("c", 2));
        await owner.StartAsync();
        await cluster.WorksAsync();

        Assert.True(failed.Outcome is SinkOutcome.Unreachable or SinkOutcome.TimedOut or SinkOutcome.Unavailable, $"{failed}");
        await Eventually.HoldsAsync(async () => (await sink.DeliverAsync(TestEvents.Of("c", 3))).Outcome == SinkOutcome.Taken, "the node is used again");
        Assert.Equal(["c-1", "c-3"], (await Server.TakenAsync(place)).Select(taken => taken.Attributes["id"]));
    }
}
