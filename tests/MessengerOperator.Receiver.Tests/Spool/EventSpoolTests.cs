using MessengerOperator.Receiver.Spool;
using MessengerOperator.Receiver.Spool.Sqlite;
using MessengerOperator.Receiver.Tests.Harness;
using static MessengerOperator.Receiver.Tests.Harness.SpoolUnderTest;

namespace MessengerOperator.Receiver.Tests.Spool;

/// <summary>What the spool promises, whatever happens around it.</summary>
public sealed class EventSpoolTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Events_of_many_writers_are_safe_in_fewer_transactions_than_there_are_events()
    {
        await using var spool = await StartAsync(_folder.Path);
        using var commits = new MeasurementCount("messenger_receiver.spool.commit.duration");

        await Task.WhenAll(Enumerable.Range(0, 32).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < 50; i++)
            {
                Assert.Equal((SpoolOutcome.Safe, 0), await spool.AddAsync(Event($"{writer}-{i}", conversation: $"{writer}")));
            }
        })));

        var events = await spool.ReadAsync();
        Assert.Equal(1600, events.Count);
        Assert.All(events.GroupBy(stored => stored.Content.Subject), conversation =>
            Assert.Equal(Enumerable.Range(0, 50).Select(i => $"{conversation.Key}-{i}"), conversation.Select(stored => stored.Content.Id)));
        Assert.InRange(commits.Count, 1, 1599);
    }

    [Fact]
    public async Task An_event_comes_out_as_it_went_in()
    {
        await using var spool = await StartAsync(_folder.Path);
        var content = Event("id-ü", bytes: 9000) with { TraceParent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", Time = new(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero), Subject = null };

        await spool.AddAsync(content);

        var stored = Assert.Single(await spool.ReadAsync());
        Assert.Equal(content with { Data = [] }, stored.Content with { Data = [] });
        Assert.Equal(content.Data, stored.Content.Data);
        Assert.Equal(spool.Time.GetUtcNow(), stored.AcceptedAt);
    }

    [Fact]
    public async Task All_events_of_a_request_are_safe_or_none()
    {
        await using var spool = await StartAsync(_folder.Path, options => options.SpoolBytes = SpoolLimits.LeastTotalBytes);

        Assert.Equal(SpoolOutcome.Full, (await spool.AddAsync([.. Enumerable.Range(0, 50).Select(i => Event($"{i}", bytes: 100_000))])).Outcome);
        Assert.Empty(await spool.ReadAsync());
        Assert.Equal((SpoolOutcome.Safe, 0), await spool.AddAsync(Event("0")));
    }

    [Fact]
    public async Task A_full_spool_takes_nothing_until_something_is_delivered()
    {
        await using var spool = await StartAsync(_folder.Path, options => options.SpoolBytes = SpoolLimits.LeastTotalBytes);
        var taken = 0;
        while ((await spool.AddAsync(Event($"{taken}", bytes: 20_000))).Outcome == SpoolOutcome.Safe)
        {
            taken++;
        }

        Assert.InRange(taken, 100, 250);
        Assert.Equal(taken, (await spool.ReadAsync()).Count);
        Assert.InRange(new DirectoryInfo(_folder.Path).EnumerateFiles().Sum(file => file.Length), 0, SpoolLimits.LeastTotalBytes);

        spool.Settle(await spool.ReadAsync());
        await spool.PassASecondAsync();
        Assert.Equal(SpoolOutcome.Safe, (await spool.AddAsync(Event("next", bytes: 20_000))).Outcome);
        Assert.Equal("next", Assert.Single(await spool.ReadAsync()).Content.Id);
    }

    [Fact]
    public async Task Room_that_is_free_again_is_given_back_to_the_disk()
    {
        await using var spool = await StartAsync(_folder.Path);
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(SpoolOutcome.Safe, (await spool.AddAsync(Event($"{i}", bytes: 100_000))).Outcome);
        }

        spool.Settle(await spool.ReadAsync());
        for (var i = 0; i < 10; i++)
        {
            await spool.PassASecondAsync();
        }

        await spool.Spool.AskAsync(file =>
        {
            file.Checkpoint();
            return 0;
        });
        Assert.InRange(new FileInfo(Path.Combine(_folder.Path, "spool.db")).Length, 0, 5 * 1024 * 1024);
    }

    [Fact]
    public async Task The_write_ahead_log_stays_small()
    {
        await using var spool = await StartAsync(_folder.Path);
        var limits = new SpoolLimits(16 * 1024 * 1024);
        for (var i = 0; i < 400; i++)
        {
            await spool.AddAsync(Event($"{i}", bytes: 20_000));
            spool.Settle(await spool.ReadAsync());
        }

        Assert.InRange(new FileInfo(Path.Combine(_folder.Path, "spool.db-wal")).Length, 0, 2 * limits.LogBytes);
    }

    [Fact]
    public async Task More_requests_than_may_wait_are_turned_away_at_once()
    {
        await using var spool = await StartAsync(_folder.Path, options => options.SpoolQueue = 10);
        using var release = new ManualResetEventSlim();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var busy = spool.Spool.AskAsync(_ => begun.TrySetResult() && release.Wait(TimeSpan.FromMinutes(1)));
        await begun.Task;

        var added = Enumerable.Range(0, 30).Select(i => spool.AddAsync(Event($"{i}"))).ToList();
        await Eventually.HoldsAsync(() => added.Count(task => task.IsCompleted) == 20, "those beyond are turned away");
        release.Set();
        await busy;
        var outcomes = await Task.WhenAll(added);

        Assert.Equal(10, outcomes.Count(outcome => outcome.Outcome == SpoolOutcome.Safe));
        Assert.All(outcomes, outcome => Assert.True(outcome.Outcome is SpoolOutcome.Safe or SpoolOutcome.Overloaded));
        Assert.Equal(outcomes.Count(outcome => outcome.Outcome == SpoolOutcome.Safe), (await spool.ReadAsync()).Count);
    }

    [Fact]
    public async Task One_process_only_has_the_spool_and_the_next_gets_it_when_that_ends()
    {
        var first = await StartAsync(_folder.Path);
        await first.AddAsync(Event("1"));
        await using var second = await StartAsync(_folder.Path);

        Assert.False(second.Status.IsOpen);
        Assert.Equal(SqliteTrouble.Busy, second.Status.Trouble?.Kind);
        Assert.Equal(SpoolOutcome.Unavailable, (await second.AddAsync(Event("2"))).Outcome);

        await first.DisposeAsync();
        second.Time.Advance(TimeSpan.FromSeconds(2));
        await Eventually.HoldsAsync(() => second.Status.IsOpen, "it is open");
        Assert.Null(second.Status.Trouble);
        Assert.Equal("1", Assert.Single(await second.ReadAsync()).Content.Id);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_told_and_tried_again()
    {
        var path = Path.Combine(_folder.Path, "inner");
        await File.WriteAllTextAsync(path, "a file is in the way");
        await using var spool = await StartAsync(path);

        Assert.Equal(SpoolOutcome.Unavailable, (await spool.AddAsync(Event("1"))).Outcome);
        Assert.Equal(SqliteTrouble.Other, spool.Status.Trouble?.Kind);

        File.Delete(path);
        spool.Time.Advance(TimeSpan.FromSeconds(2));
        await Eventually.HoldsAsync(() => spool.Status.IsOpen, "it is open");
        Assert.Equal(SpoolOutcome.Safe, (await spool.AddAsync(Event("1"))).Outcome);
    }

    [Fact]
    public async Task A_folder_is_tried_again_soon_although_the_clock_was_set_back()
    {
        var path = Path.Combine(_folder.Path, "inner");
        await File.WriteAllTextAsync(path, "a file is in the way");
        var clock = new SetClock();
        await using var spool = await StartAsync(path, time: clock);
        Assert.False(spool.Status.IsOpen);

        File.Delete(path);
        clock.SetBack(TimeSpan.FromHours(1));
        clock.Advance(TimeSpan.FromSeconds(2));

        await Eventually.HoldsAsync(() => spool.Status.IsOpen, "it is open");
    }

    [Fact]
    public async Task Counts_and_the_oldest_age_outlive_a_restart()
    {
        var first = await StartAsync(_folder.Path);
        await first.AddAsync(Event("1"));
        first.Time.Advance(TimeSpan.FromMinutes(1));
        await first.AddAsync(Event("2"), Event("3"));
        first.Settle((await first.ReadAsync())[2..], DeadLetterReason.Refused);
        var accepted = first.Time.Start;
        await first.DisposeAsync();

        await using var second = await StartAsync(_folder.Path);
        var source = Assert.Single(second.Status.Sources);
        Assert.Equal((2, 1, (DateTimeOffset?)accepted), (source.Backlog, source.DeadLetters, source.OldestAt));

        second.Settle((await second.ReadAsync())[..1]);
        await second.PassASecondAsync();
        Assert.Equal(accepted.AddMinutes(1), source.OldestAt);
        second.Settle(await second.ReadAsync());
        await second.PassASecondAsync();
        Assert.Equal((0, (DateTimeOffset?)null), (source.Backlog, source.OldestAt));
    }
}
