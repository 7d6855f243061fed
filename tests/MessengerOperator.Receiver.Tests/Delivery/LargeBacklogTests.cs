using System.Globalization;
using MessengerOperator.Receiver.Delivery;
using MessengerOperator.Receiver.Spool;
using MessengerOperator.Receiver.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace MessengerOperator.Receiver.Tests.Delivery;

/// <summary>Memory does not grow with the backlog.</summary>
public sealed class LargeBacklogTests(ITestOutputHelper output) : IDisposable
{
    private const string Source = "/namespaces/contact-centre/messengerintegrations/acme-support";

    // What the schedule says of itself: a page, a window and, of conversations that wait, a note each.
    private const int MostEvents = 2000;
    private const long MostBytes = 8L * 1024 * 1024;
    private const int MostLanes = 4096 + DeliverySchedule.PageEvents;
    private const long MostHeap = 32L * 1024 * 1024;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(100_000, 20_000, 600)]
    [InlineData(6_000, 500, 30_000)]
    public async Task A_large_backlog_takes_no_more_memory_than_a_small_one_and_is_delivered_in_order(int events, int conversations, int bytes)
    {
        await FillAsync(events, conversations, bytes);
        await using var sink = await TestSink.StartAsync();
        var order = new OrderCheck(conversations);
        var isDown = true;
        sink.Behaviour = context => isDown ? TestSink.Answer(503)(context) : order.TakeAsync(context);
        var empty = GC.GetTotalMemory(forceFullCollection: true);
        await using var receiver = await ReceiverUnderTest.StartWithSpoolAsync(sink, _folder.Path, options => (options.SpoolBytes, options.LogLevel) = (1024L * 1024 * 1024, Microsoft.Extensions.Logging.LogLevel.Warning));
        var schedule = receiver.Services.GetRequiredService<DeliveryPump>().Schedule;

        await Eventually.HoldsAsync(() => schedule.SinksLeftAlone == 1, "the sink is left alone");
        Assert.Equal(events, await receiver.RouteStatusAsync<long>("backlog"));
        var most = Sample(schedule, default);
        var grown = GC.GetTotalMemory(forceFullCollection: true) - empty;

        isDown = false;
        var started = TimeProvider.System.GetTimestamp();
        while (order.Count < events && TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromMinutes(5))
        {
            most = Sample(schedule, most);
            sink.Taken.Clear();
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        output.WriteLine($"delivered {order.Count} in {TimeProvider.System.GetElapsedTime(started).TotalSeconds:0.0} s; at most {most.Events} events, {most.Bytes} bytes and {most.Lanes} lanes in memory; heap grew by {grown} bytes while the sink was down");
        Assert.Equal((events, 0), (order.Count, order.Violations));
        Assert.InRange(most.Events, 1, MostEvents);
        Assert.InRange(most.Bytes, 1, MostBytes);
        Assert.InRange(most.Lanes, 1, MostLanes);
        Assert.InRange(grown, long.MinValue, MostHeap);
        await Eventually.HoldsAsync(async () => await receiver.RouteStatusAsync<long>("backlog") == 0, "the backlog is gone");
    }

    private static (int Events, long Bytes, int Lanes) Sample(DeliverySchedule schedule, (int Events, long Bytes, int Lanes) most)
    {
        var (events, bytes) = schedule.Loaded;
        return (Math.Max(most.Events, events), Math.Max(most.Bytes, bytes), Math.Max(most.Lanes, schedule.Lanes));
    }

    private async Task FillAsync(int events, int conversations, int bytes)
    {
        await using var spool = await SpoolUnderTest.StartAsync(_folder.Path, options => options.SpoolBytes = 1024L * 1024 * 1024, new(TimeProvider.System.GetUtcNow()));
        for (var i = 0; i < events; i += 100)
        {
            Assert.Equal(
                (SpoolOutcome.Safe, 0),
                await spool.AddAsync([.. Enumerable.Range(i, 100).Select(id => SpoolUnderTest.Event($"e-{id}", Source, $"{id % conversations}", bytes: bytes))]));
        }
    }

    /// <summary>Takes everything, and counts what comes before an earlier one of its conversation.</summary>
    private sealed class OrderCheck(int conversations)
    {
        private readonly int[] _last = [.. Enumerable.Repeat(-1, conversations)];
        private int _count;
        private int _violations;

        public int Count => Volatile.Read(ref _count);

        public int Violations => Volatile.Read(ref _violations);

        public Task TakeAsync(Microsoft.AspNetCore.Http.HttpContext context)
        {
            var id = int.Parse(context.Request.Headers["ce-id"].ToString().AsSpan(2), CultureInfo.InvariantCulture);
            lock (_last)
            {
                ref var last = ref _last[id % conversations];
                _violations += id == last + conversations || (last == -1 && id < conversations) ? 0 : 1;
                last = id;
                _count++;
            }

            return TestSink.Take(context);
        }
    }
}
