using System.Diagnostics;
using System.Net;
using MessengerOperator.Receiver.Spool;
using MessengerOperator.Receiver.Spool.Sqlite;
using MessengerOperator.Receiver.Tests.Harness;

namespace MessengerOperator.Receiver.Tests.Spool;

/// <summary>A full spool and a full disk: the provider is told to come again before anything is lost.</summary>
public sealed class RoomTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_full_spool_refuses_with_503_says_so_and_loses_nothing_that_it_has_acknowledged()
    {
        await using var sink = await TestSink.StartAsync();
        var script = SinkScript.For(sink);
        script.Answer(503);
        await using var receiver = await ReceiverUnderTest.StartWithSpoolAsync(sink, _folder.Path, options => options.SpoolBytes = SpoolLimits.LeastTotalBytes);

        var acknowledged = await FillAsync(receiver, expectedRetryAfter: 15);

        var spool = (await receiver.StatusAsync())["spool"]!;
        Assert.Equal((true, false), ((bool)spool["full"]!, (bool)spool["available"]!));
        Assert.Equal(1, await receiver.MetricAsync("messenger_receiver_spool_refused_total{reason=\"full\"}"));
        Assert.Equal(0, await receiver.MetricAsync("messenger_receiver_spool_available"));
        Assert.InRange(new DirectoryInfo(_folder.Path).EnumerateFiles().Sum(file => file.Length), 0, SpoolLimits.LeastTotalBytes);
        // What is there can be delivered, so it stays in the Service.
        Assert.Equal(HttpStatusCode.OK, (await receiver.ReadinessAsync()).Status);

        await RecoversAsync(receiver, sink, script, acknowledged);
    }

    [Fact]
    public async Task A_disk_that_is_smaller_than_the_spool_may_be_is_a_small_spool()
    {
        using var disk = SmallDisk.TryMount(_folder.Path, "8m");
        Assert.SkipWhen(disk is null, SmallDisk.Lacking);
        await using var sink = await TestSink.StartAsync();
        var script = SinkScript.For(sink);
        script.Answer(503);
        await using var receiver = await ReceiverUnderTest.StartWithSpoolAsync(sink, _folder.Path);

        var acknowledged = await FillAsync(receiver, expectedRetryAfter: 15);

        var spool = (await receiver.StatusAsync())["spool"]!;
        Assert.True((bool)spool["full"]!);
        Assert.InRange((long)spool["limitBytes"]!, 1, 8 * 1024 * 1024);
        Assert.Contains("SpoolDiskSmall", receiver.Log, StringComparison.Ordinal);
        await RecoversAsync(receiver, sink, script, acknowledged);
    }

    [Fact]
    public async Task A_disk_that_others_have_filled_refuses_with_503_says_so_loses_nothing_that_was_acknowledged_and_recovers_by_delivering()
    {
        using var disk = SmallDisk.TryMount(_folder.Path, "16m");
        Assert.SkipWhen(disk is null, SmallDisk.Lacking);
        await using var sink = await TestSink.StartAsync();
        var script = SinkScript.For(sink);
        script.Answer(503);
        await using var receiver = await ReceiverUnderTest.StartWithSpoolAsync(sink, Path.Combine(_folder.Path, "spool"), options => options.SpoolBytes = 12 * 1024 * 1024);
        await receiver.PostAllAsync([1], _ => 1);
        disk.FillUpTo(2 * 1024 * 1024);

        var acknowledged = await FillAsync(receiver, expectedRetryAfter: 15, first: 2);

        Assert.True((bool)(await receiver.StatusAsync())["spool"]!["full"]!);
        Assert.NotEqual(0, await receiver.MetricAsync("messenger_receiver_spool_failures_total{kind=\"full\"}"));
        await RecoversAsync(receiver, sink, script, acknowledged);
    }

    [Fact]
    public async Task Damage_on_a_full_disk_is_got_over_when_there_is_room_again_and_what_was_in_memory_is_not_lost()
    {
        using var disk = SmallDisk.TryMount(_folder.Path, "16m");
        Assert.SkipWhen(disk is null, SmallDisk.Lacking);
        await using var spool = await SpoolUnderTest.StartAsync(Path.Combine(_folder.Path, "spool"), options => options.SpoolBytes = 12 * 1024 * 1024);
        await spool.AddAsync(SpoolUnderTest.Event("1"));
        var one = (await spool.ReadAsync()).Single();
        spool.Spool.Follow(new Memory([.. Enumerable.Range(1, 100).Select(id => new StoredEvent(one.Source, id, one.Lane, one.AcceptedAt, SpoolUnderTest.Event($"{id}", bytes: 20_000)))]));
        await spool.PassASecondAsync();

        // Room for a new file and, with what the reserve gives up, not for what was in memory.
        disk.FillUpTo(256 * 1024);
        await Assert.ThrowsAsync<SpoolUnavailableException>(() => spool.Spool.AskAsync<int>(_ => throw SqliteFailure.Damaged("a page")));
        await PassUntilAsync(spool, () => spool.Status.SetAside.Count == 1);
        Assert.False(spool.Status.IsOpen);

        disk.Clear();
        await PassUntilAsync(spool, () => spool.Status.IsOpen);

        Assert.Equal((SpoolOutcome.Safe, 0), await spool.AddAsync(SpoolUnderTest.Event("new")));
        Assert.Equal(101, (await spool.ReadAsync()).Count);
    }

    private static Task PassUntilAsync(SpoolUnderTest spool, Func<bool> holds) => Eventually.HoldsAsync(
        () =>
        {
            spool.Time.Advance(TimeSpan.FromSeconds(1));
            return holds();
        },
        "it came to that");

    /// <summary>Posts until nothing more is taken; how many were.</summary>
    private static async Task<int> FillAsync(ReceiverUnderTest receiver, int expectedRetryAfter, int first = 1)
    {
        var text = new string('x', 10_000);
        for (var id = first; ; id++)
        {
            using var response = await receiver.PostAsync(ReceiverUnderTest.Update(id, text, chat: id % 5));
            if (response.StatusCode != HttpStatusCode.OK)
            {
                Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
                Assert.Equal(TimeSpan.FromSeconds(expectedRetryAfter), response.Headers.RetryAfter?.Delta);
                return id - 1;
            }

            Assert.InRange(id, 1, 10_000);
        }
    }

    private static async Task RecoversAsync(ReceiverUnderTest receiver, TestSink sink, SinkScript script, int acknowledged)
    {
        Assert.InRange(acknowledged, 20, 10_000);
        script.Answer(202);
        await Eventually.HoldsAsync(() => sink.Taken.Count >= acknowledged, "all that was acknowledged arrives");
        await Eventually.HoldsAsync(
            async () =>
            {
                using var response = await receiver.PostAsync(ReceiverUnderTest.Update(acknowledged + 1, chat: 1));
                return response.StatusCode == HttpStatusCode.OK;
            },
            "events are taken again");
        await Eventually.HoldsAsync(() => sink.Taken.Count > acknowledged, "the new one arrives");
        Assert.Equal(Enumerable.Range(1, acknowledged + 1), script.Taken.Distinct().Order());
        Assert.All(script.TakenByConversation().Values, ids => Assert.Equal(ids.Distinct().Order(), ids.Distinct()));
    }

    /// <summary>What is in memory of a file that is lost.</summary>
    private sealed class Memory(IReadOnlyList<StoredEvent> events) : IBacklog
    {
        public void Opened(IReadOnlyCollection<SpoolSource> sources)
        {
        }

        public void Accepted(IReadOnlyList<StoredEvent> accepted)
        {
        }

        public void Redriven(SpoolSource source)
        {
        }

        public IReadOnlyList<StoredEvent> Lost() => events;
    }

    /// <summary>A tmpfs of a few mebibytes over a folder.</summary>
    private sealed class SmallDisk : IDisposable
    {
        public const string Lacking = "A small disk is a tmpfs here, and this process may not mount one (it has to be root); nothing else was tried.";

        private readonly string _folder;

        private SmallDisk(string folder) => _folder = folder;

        public static SmallDisk? TryMount(string folder, string size) => Run("mount", "-t", "tmpfs", "-o", $"size={size}", "tmpfs", folder) ? new(folder) : null;

        /// <summary>Leaves so many bytes free.</summary>
        public void FillUpTo(long free)
        {
            using var file = File.OpenHandle(
                Path.Combine(_folder, "others"), FileMode.Create, FileAccess.Write, preallocationSize: new DriveInfo(_folder).AvailableFreeSpace - free);
        }

        /// <summary>Takes away what filled it.</summary>
        public void Clear() => File.Delete(Path.Combine(_folder, "others"));

        // Lazily: the receiver closes its file a moment later.
        public void Dispose() => Run("umount", "-l", _folder);

        private static bool Run(string command, params string[] arguments)
        {
            try
            {
                using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
                process.WaitForExit();
                return process.ExitCode == 0;
            }
            catch (System.ComponentModel.Win32Exception)
            {
                return false;
            }
        }
    }
}
