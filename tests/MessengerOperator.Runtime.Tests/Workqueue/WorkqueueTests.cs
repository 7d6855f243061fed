using MessengerOperator.Runtime.Workqueue;
using Microsoft.Extensions.Time.Testing;

namespace MessengerOperator.Runtime.Tests.Workqueue;

public sealed class WorkqueueTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly TestMeters _meters = new();
    private readonly WorkqueueMetrics _metrics;
    private readonly Workqueue<string> _queue;

    public WorkqueueTests()
    {
        _metrics = new WorkqueueMetrics(_meters);
        _queue = new Workqueue<string>("test", new KeyBackoff<string>(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5), () => 0.5), _metrics, _time);
    }

    public void Dispose()
    {
        _queue.Dispose();
        _metrics.Dispose();
        _meters.Dispose();
    }

    [Fact]
    public async Task A_key_that_waits_is_not_added_twice()
    {
        _queue.Add("a");
        _queue.Add("a");

        Assert.Equal("a", await TakeAsync());
        Assert.Equal(0, _queue.Depth);
    }

    [Fact]
    public async Task Adding_a_key_while_it_is_processed_requeues_it_when_done()
    {
        _queue.Add("a");
        await TakeAsync();
        _queue.Add("a");
        Assert.Equal(0, _queue.Depth);

        _queue.Done("a");

        Assert.Equal("a", await TakeAsync());
    }

    [Fact]
    public async Task A_key_is_never_handed_out_twice_at_the_same_time()
    {
        var token = TestContext.Current.CancellationToken;
        var inUse = new System.Collections.Concurrent.ConcurrentDictionary<string, bool>();
        var worked = 0;
        var workers = Enumerable.Range(0, 4).Select(_ => Task.Run(
            async () =>
            {
                while (await _queue.GetAsync(token) is (true, var key))
                {
                    Assert.True(inUse.TryAdd(key, true));
                    await Task.Yield();
                    Assert.True(inUse.TryRemove(key, out var _));
                    Interlocked.Increment(ref worked);
                    _queue.Done(key);
                }
            },
            token)).ToList();
        var adders = Enumerable.Range(0, 4).Select(_ => Task.Run(
            () =>
            {
                for (var i = 0; i < 5000; i++)
                {
                    _queue.Add($"key-{i % 7}", (WorkPriority)(i % 2));
                }
            },
            token));
        await Task.WhenAll(adders);
        while (_queue.Depth > 0)
        {
            await Task.Yield();
        }

        _queue.ShutDown();
        await Task.WhenAll(workers);
        Assert.True(worked >= 7);
    }

    [Fact]
    public async Task A_user_s_change_goes_before_a_resync()
    {
        _queue.Add("resync", WorkPriority.Low);
        _queue.Add("change");

        Assert.Equal("change", await TakeAsync());
        Assert.Equal("resync", await TakeAsync());
    }

    [Fact]
    public async Task A_change_of_a_key_that_waits_for_a_resync_moves_it_to_the_front()
    {
        _queue.Add("a", WorkPriority.Low);
        _queue.Add("b", WorkPriority.Low);
        _queue.Add("b");

        Assert.Equal("b", await TakeAsync());
        Assert.Equal("a", await TakeAsync());
        Assert.Equal(0, _queue.Depth);
    }

    [Fact]
    public async Task A_resync_gets_its_turn_however_many_changes_there_are()
    {
        _queue.Add("resync", WorkPriority.Low);
        List<string> order = [];
        for (var i = 0; i < 20; i++)
        {
            _queue.Add($"change-{i}");
        }

        for (var i = 0; i < 21; i++)
        {
            order.Add(await TakeAsync());
        }

        Assert.Equal(8, order.IndexOf("resync"));
    }

    [Theory]
    [InlineData(10, 60)]
    [InlineData(60, 10)]
    public async Task Of_two_timers_the_earliest_stands(int first, int second)
    {
        _queue.AddAfter("a", TimeSpan.FromSeconds(first));
        _queue.AddAfter("a", TimeSpan.FromSeconds(second));

        _time.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(0, _queue.Depth);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("a", await TakeAsync());
        _queue.Done("a");
        _time.Advance(TimeSpan.FromSeconds(120));
        Assert.Equal(0, _queue.Depth);
    }

    [Fact]
    public async Task A_change_does_not_cancel_a_planned_look()
    {
        _queue.AddAfter("a", TimeSpan.FromMinutes(15));
        _queue.Add("a");
        await TakeAsync();
        _queue.Done("a");

        _time.Advance(TimeSpan.FromMinutes(15));

        Assert.Equal("a", await TakeAsync());
    }

    [Fact]
    public void A_key_is_never_dropped_however_often_it_fails()
    {
        for (var i = 0; i < 200; i++)
        {
            _queue.AddRateLimited("a");
            _time.Advance(TimeSpan.FromMinutes(5));
            Assert.Equal(1, _queue.Depth);
            TakeNow();
            _queue.Done("a");
        }

        Assert.Equal(200, _queue.Retries("a"));
    }

    [Fact]
    public void Pauses_double_up_to_the_cap_and_start_afresh_after_a_success()
    {
        var backoff = new KeyBackoff<string>(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5), () => 0.5);

        Assert.Equal([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300], Enumerable.Range(0, 11).Select(_ => backoff.Next("a").TotalSeconds));
        backoff.Forget("a");
        Assert.Equal(1, backoff.Next("a").TotalSeconds);
    }

    [Theory]
    [InlineData(0.0, 0.8)]
    [InlineData(0.999, 1.2)]
    public void Pauses_are_spread(double random, double seconds) =>
        Assert.Equal(seconds, new KeyBackoff<string>(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5), () => random).Next("a").TotalSeconds, tolerance: 0.001);

    [Fact]
    public async Task Shutting_down_wakes_whoever_waits_and_hands_out_nothing_more()
    {
        var waiting = _queue.GetAsync(TestContext.Current.CancellationToken);
        _queue.ShutDown();
        Assert.False((await waiting).HasKey);

        _queue.Add("a");
        Assert.False((await _queue.GetAsync(TestContext.Current.CancellationToken)).HasKey);
    }

    [Fact]
    public async Task A_cancelled_worker_does_not_take_a_wake_up_with_it()
    {
        using var cancel = new CancellationTokenSource();
        var cancelled = _queue.GetAsync(cancel.Token).AsTask();
        var patient = _queue.GetAsync(TestContext.Current.CancellationToken).AsTask();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);

        _queue.Add("a");

        Assert.Equal("a", (await patient).Key);
    }

    private async Task<string> TakeAsync() => (await _queue.GetAsync(TestContext.Current.CancellationToken)).Key;

    private void TakeNow()
    {
        var take = _queue.GetAsync(TestContext.Current.CancellationToken);
        Assert.True(take.IsCompletedSuccessfully);
    }
}
