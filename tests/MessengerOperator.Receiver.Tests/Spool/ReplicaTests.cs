using MessengerOperator.Receiver.Tests.Harness;

namespace MessengerOperator.Receiver.Tests.Spool;

/// <summary>Two receivers with a spool each behind one Service.</summary>
public class ReplicaTests
{
    [Fact]
    public async Task A_repeat_that_meets_another_replica_is_delivered_again_with_the_same_source_and_id()
    {
        await using var sink = await TestSink.StartAsync();
        await using var one = await ReceiverUnderTest.StartWithSpoolAsync(sink);
        await using var other = await ReceiverUnderTest.StartWithSpoolAsync(sink);

        await one.PostAllAsync([1, 1], _ => 1);
        await other.PostAllAsync([1, 1], _ => 1);

        await Eventually.HoldsAsync(() => sink.Taken.Count == 2, "each replica delivers it once");
        await Eventually.HoldsAsync(async () => await one.RouteStatusAsync<long>("backlog") + await other.RouteStatusAsync<long>("backlog") == 0, "no more is to come");
        Assert.Single(sink.Taken.Select(taken => (taken.Headers["ce-source"], taken.Headers["ce-id"])).Distinct());
        Assert.Equal(2, sink.Taken.Count);
    }
}
