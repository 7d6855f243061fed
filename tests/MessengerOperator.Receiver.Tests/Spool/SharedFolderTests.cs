using System.Net;
using MessengerOperator.Receiver.Tests.Harness;

namespace MessengerOperator.Receiver.Tests.Spool;

/// <summary>Two processes and one folder; and a folder with something else in it.</summary>
public sealed class SharedFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_second_process_on_one_folder_is_not_ready_and_takes_over_when_the_first_has_ended()
    {
        await using var sink = await TestSink.StartAsync();
        SinkScript.For(sink).Answer(503);
        var first = await ReceiverUnderTest.StartWithSpoolAsync(sink, _folder.Path, options => options.DrainTimeout = TimeSpan.FromMilliseconds(100));
        await first.PostAllAsync([1], _ => 1);
        await using var second = await ReceiverUnderTest.StartWithSpoolAsync(sink, _folder.Path);

        var (status, text) = await second.ReadinessAsync();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("spool: busy", text, StringComparison.Ordinal);
        using (var refused = await second.PostAsync(ReceiverUnderTest.Update(2)))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        }

        await first.DisposeAsync();
        sink.Behaviour = TestSink.Take;
        await Eventually.HoldsAsync(async () => (await second.ReadinessAsync()).Status == HttpStatusCode.OK, "it is ready");
        await second.PostAllAsync([2], _ => 1);
        await Eventually.HoldsAsync(() => sink.Taken.Count == 2, "what the first had is delivered, and what came after");
    }

    [Fact]
    public async Task A_file_that_is_no_spool_is_set_aside_and_the_intake_goes_on()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "spool.db"), new string('x', 10_000), TestContext.Current.CancellationToken);
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await ReceiverUnderTest.StartWithSpoolAsync(sink, _folder.Path);

        await receiver.PostAllAsync([1], _ => 1);

        await Eventually.HoldsAsync(() => sink.Taken.Count == 1, "it arrives");
        Assert.StartsWith("spool.db.set-aside-", (string?)(await receiver.StatusAsync())["spool"]!["setAside"]![0], StringComparison.Ordinal);
        Assert.Equal(1, await receiver.MetricAsync("messenger_receiver_spool_files_set_aside_total"));
        Assert.Contains("SpoolSetAside", receiver.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Damage_met_while_serving_loses_no_event_that_can_be_read_and_the_intake_goes_on()
    {
        await using var sink = await TestSink.StartAsync();
        var script = SinkScript.For(sink);
        script.Answer(503);
        await using (var before = await ReceiverUnderTest.StartWithSpoolAsync(sink, _folder.Path, options => options.DrainTimeout = TimeSpan.FromMilliseconds(100)))
        {
            await before.PostAllAsync(Enumerable.Range(1, 600), id => id % 3);
        }

        var file = Path.Combine(_folder.Path, "spool.db");
        var content = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        content.AsSpan(content.AsSpan().IndexOf("\"update_id\":300,"u8) / 4096 * 4096, 4096).Clear();
        await File.WriteAllBytesAsync(file, content, TestContext.Current.CancellationToken);

        script.Answer(202);
        await using var receiver = await ReceiverUnderTest.StartWithSpoolAsync(sink, _folder.Path);
        await Eventually.HoldsAsync(async () => (await receiver.StatusAsync())["spool"]!["setAside"]!.AsArray().Count == 1, "the damage was met");
        await Eventually.HoldsAsync(
            async () =>
            {
                using var response = await receiver.PostAsync(ReceiverUnderTest.Update(1000, chat: 1000));
                return response.StatusCode == HttpStatusCode.OK;
            },
            "the intake goes on");

        // A page holds a handful of them.
        await Eventually.HoldsAsync(
            () => script.Taken.Distinct().ToHashSet() is { Count: >= 590 } taken && taken.IsSupersetOf([1, 600, 1000]),
            "the others arrive, the first, the last, and the new one among them");
    }
}
