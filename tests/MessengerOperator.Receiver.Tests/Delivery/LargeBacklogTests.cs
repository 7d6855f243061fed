using System.Globalization;
using MessengerOperator.Receiver.Delivery;
using MessengerOperator.Receiver.Spool;
using MessengerOperator.Receiver.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace MessengerOperator.Receiver.Tests.Delivery;

/// <summary>Memory does not grow with the backlog.</summary>
public sealed class LargeBacklogTests(ITestOutputHelper output) : IDisposable
{
    private const int Events = 100_000;
    private const int Conversations = 20_000;
    private const string Source = "/namespaces/contact-centre/messengerintegrations/acme-support";

    // What the schedule says of itself: a page, a window and, of conversations that wait, a note each.
    private const int MostEvents = 2000;
    private const long MostBytes = 8L * 1024 * 1024;
    private const int MostLanes = 4096 + DeliverySchedule.PageEvents;
    private const long MostHeap = 32L * 1024 * 1024;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_backlog_of_a_hundred_thousand_events_takes_no_more_memory_than_a_small_one_and_is_delivered_in_order()
    {
        await FillAsync();
        await using var sink = await TestSink.StartAsync();
        var order = new OrderCheck();
        var isDown = true;
        sink.Behaviour = context => isDown ? TestSink.Answer(503)(context) : order.TakeAsync(context);
        var empty = GC.GetTotalMemory(forceFullCollection: true);
        await using var receiver = await ReceiverUnderTest.StartWithSpoolAsync(sink, _folder.Path, options => (options.SpoolBytes, options.LogLevel) = (1024L * 1024 * 1024, Microsoft.Extensions.Logging.LogLevel.Warning));
        var schedule = receiver.Services.GetRequiredService<DeliveryPump>().Schedule;

        await Eventually.HoldsAsync(() => schedule.SinksLeftAlone == 1, "the sink is left alone");
        Assert.Equal(Events, await receiver.RouteStatusAsync<long>("backlog"));
        var most = Sample(schedule, default);
        var grown = GC.GetTotalMemory(forceFullCollection: true) - empty;

        isDown = false;
        var started = TimeProvider.System.GetTimestamp();
        while (order.Count < Events && TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromMinutes(5))
        {
            most = Sample(schedule, most);
            sink.Taken.Clear();
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        output.WriteLine($"delivered {order.Count} in {TimeProvider.System.GetElapsedTime(started).TotalSeconds:0.0} s; at most {most.Events} events, {most.Bytes} bytes and {most.Lanes} lanes in memory; heap grew by {grown} bytes while the sink was down");
        Assert.Equal((Events, 0), (order.Count, order.Violations));
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

    private async Task FillAsync()
    {
        await using var spool = await SpoolUnderTest.StartAsync(_folder.Path, options => options.SpoolBytes = 1024L * 1024 * 1024, new(TimeProvider.System.GetUtcNow()));
        for (var i = 0; i < Events; i += 500)
        {
            Assert.Equal(
                (SpoolOutcome.Safe, 0),
                await spool.AddAsync([.. Enumerable.Range(i, 500).Select(id => SpoolUnderTest.Event($"e-{id}", Source, $"{id % Conversations}", bytes: 600))]));
        }
    }

    /// <summary>Takes everything, and counts what comes before an earlier one of its conversation.</summary>
    private sealed class OrderCheck
    {
        private readonly int[] _last = [.. Enumerable.Repeat(-1, Conversations)];
        private int _count;
        private int _violations;

        public int Count => Volatile.Read(ref _count);

        public int Violations => Volatile.Read(ref _violations);

        public Task TakeAsync(Microsoft.AspNetCore.Http.HttpContext context)
        {
            var id = int.Parse(context.Request.Headers["ce-id"].ToString().AsSpan(2), CultureInfo.InvariantCulture);
            lock (_last)
            {
                ref var last = ref _last[id % Conversations];
                _violations += id == last + Conversations || (last == -1 && id < Conversations) ? 0 : 1;
                last = id;
                _count++;
            }

            return TestSink.Take(context);
        }
    }
}
