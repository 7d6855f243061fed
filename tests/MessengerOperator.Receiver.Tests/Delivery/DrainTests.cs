using MessengerOperator.Receiver.Tests.Harness;

namespace MessengerOperator.Receiver.Tests.Delivery;

/// <summary>The end of a process that has a spool.</summary>
public sealed class DrainTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Asked_to_stop_it_delivers_what_it_has_before_it_ends()
    {
        await using var sink = await TestSink.StartAsync();
        sink.Behaviour = async context =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, context.RequestAborted);
            await TestSink.Take(context);
        };
        await using var receiver = await ReceiverUnderTest.StartWithSpoolAsync(sink, _folder.Path, options => options.DrainTimeout = TimeSpan.FromSeconds(30));

        await receiver.PostAllAsync(Enumerable.Range(1, 50), _ => 1);
        await receiver.StopAsync();

        Assert.Equal(Enumerable.Range(1, 50).Select(id => $"700000001-{id}"), sink.Taken.Select(taken => taken.Headers["ce-id"]));
    }

    [Fact]
    public async Task What_cannot_be_delivered_in_time_stays_in_the_spool_for_the_next_process()
    {
        await using var sink = await TestSink.StartAsync();
        var script = SinkScript.For(sink);
        script.Answer(ask => (ask.Id <= 10 ? 202 : 503, null));
        await using (var first = await ReceiverUnderTest.StartWithSpoolAsync(sink, _folder.Path, options => options.DrainTimeout = TimeSpan.FromSeconds(1)))
        {
            await first.PostAllAsync(Enumerable.Range(1, 30), id => id % 3);
            await first.StopAsync();
            Assert.Contains("SpoolNotDrained", first.Log, StringComparison.Ordinal);
        }

        Assert.Equal(10, sink.Taken.Count);
        script.Answer(202);
        await using var second = await ReceiverUnderTest.StartWithSpoolAsync(sink, _folder.Path);

        await Eventually.HoldsAsync(() => sink.Taken.Count == 30, "the rest arrives");
        Assert.Equal(Enumerable.Range(1, 30), script.Taken.Order());
        Assert.All(script.TakenByConversation().Values, ids => Assert.Equal(ids.Order(), ids));
    }
}
