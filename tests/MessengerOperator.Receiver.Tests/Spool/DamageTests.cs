using MessengerOperator.Receiver.Spool;
using MessengerOperator.Receiver.Spool.Sqlite;
using MessengerOperator.Receiver.Tests.Harness;
using static MessengerOperator.Receiver.Tests.Harness.SpoolUnderTest;

namespace MessengerOperator.Receiver.Tests.Spool;

/// <summary>A file that cannot be read any more is set aside; what can be read of it is not lost, and the intake goes on.</summary>
public sealed class DamageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File => Path.Combine(_folder.Path, "spool.db");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("this is no database, and long enough to be looked at as one: 0123456789012345678901234567890123456789")]
    [InlineData("SQLite format 3\0 and then nonsense: 01234567890123456789012345678901234567890123456789012345678901234567890123456789")]
    public async Task What_is_no_spool_is_set_aside_with_the_time_in_its_name(string content)
    {
        await System.IO.File.WriteAllTextAsync(File, content);

        await using var spool = await StartAsync(_folder.Path);

        Assert.True(spool.Status.IsOpen);
        Assert.Equal(["spool.db.set-aside-20261124T080000000Z"], spool.Status.SetAside);
        Assert.Equal(content, await System.IO.File.ReadAllTextAsync(Path.Combine(_folder.Path, spool.Status.SetAside[0])));
        Assert.Equal((SpoolOutcome.Safe, 0), await spool.AddAsync(Event("1")));
    }

    [Fact]
    public async Task The_spool_of_another_version_is_set_aside()
    {
        var first = await StartAsync(_folder.Path);
        await first.Spool.AskAsync(file =>
        {
            file.Pretend(version: 99);
            return 0;
        });
        await first.DisposeAsync();

        await using var second = await StartAsync(_folder.Path);

        Assert.Single(second.Status.SetAside);
        Assert.Equal((SpoolOutcome.Safe, 0), await second.AddAsync(Event("1")));
    }

    [Theory]
    [InlineData(1500, 0.3)]
    [InlineData(1500, 0.6)]
    [InlineData(1500, 0.95)]
    [InlineData(9000, 0.2, 0.21, 0.7)]
    public async Task What_can_be_read_of_a_damaged_file_is_delivered_and_its_repeats_are_recognised(int bytes, params double[] where)
    {
        await FillAsync(2000 * 1500 / bytes, bytes);
        var events = 2000 * 1500 / bytes;
        Damage(where);

        await using var second = await StartAsync(_folder.Path);
        // Reading all meets the damage.
        await Assert.ThrowsAsync<SpoolUnavailableException>(second.ReadAsync);
        Assert.Equal((SpoolOutcome.Safe, 0), await second.AddAsync(Event("new")));
        await SalvagedAsync(second);

        var salvaged = await second.ReadAsync();
        Assert.InRange(salvaged.Count, events - 10 - (10 * where.Length) + 1, events - 10);
        Assert.Equal(10, second.Status.Sources.Single().DeadLetters);
        Assert.Equal(salvaged.Count, salvaged.Select(stored => stored.Content.Id).Distinct().Count());
        Assert.All(salvaged.Where(stored => stored.Content.Id != "new").GroupBy(stored => stored.Content.Subject), conversation =>
            Assert.Equal(conversation.Select(Number).Order(), conversation.Select(Number)));
        Assert.Equal((SpoolOutcome.Safe, 1), await second.AddAsync(salvaged.Last(stored => stored.Content.Id != "new").Content));

        static int Number(StoredEvent stored) => int.Parse(stored.Content.Id, System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task A_salvage_that_was_interrupted_is_ended_by_the_next_process_and_nothing_is_there_twice()
    {
        await FillAsync(2000, 1500);
        Damage(0.5);
        var second = await StartAsync(_folder.Path);
        await Assert.ThrowsAsync<SpoolUnavailableException>(second.ReadAsync);
        // A turn or two of the salvage, and no more.
        await second.DisposeAsync();
        Assert.Single(second.Status.SetAside);

        await using var third = await StartAsync(_folder.Path);
        await SalvagedAsync(third);

        var salvaged = await third.ReadAsync();
        Assert.InRange(salvaged.Count, 1980, 1990);
        Assert.Equal(salvaged.Count, salvaged.Select(stored => stored.Content.Id).Distinct().Count());
        Assert.Equal(10, third.Status.Sources.Single().DeadLetters);
    }

    [Fact]
    public async Task A_time_that_cannot_be_is_damage_too()
    {
        var first = await StartAsync(_folder.Path);
        await first.AddAsync(Event("1"), Event("2"), Event("3"));
        await first.DisposeAsync();
        using (var database = SqliteDatabase.Open(File))
        {
            database.Execute("UPDATE event SET time = -1 WHERE id = '2'");
        }

        await using var second = await StartAsync(_folder.Path);
        await Assert.ThrowsAsync<SpoolUnavailableException>(second.ReadAsync);
        await SalvagedAsync(second);

        Assert.Equal(["1", "3"], (await second.ReadAsync()).Select(stored => stored.Content.Id));
    }

    [Fact]
    public async Task A_settlement_of_the_file_that_was_set_aside_does_not_touch_its_successor()
    {
        await System.IO.File.WriteAllTextAsync(File, new string('x', 5000));
        await using var spool = await StartAsync(_folder.Path);
        await spool.AddAsync(Event("1"));
        var ofSuccessor = (await spool.ReadAsync()).Single();
        var old = new SpoolSource(generation: 0, ofSuccessor.Source.Number, ofSuccessor.Source.Name);

        spool.Spool.Settle(new(old, ofSuccessor.Seq));
        await spool.PassASecondAsync();

        Assert.Single(await spool.ReadAsync());
    }

    [Fact]
    public async Task A_dead_letter_of_the_file_that_was_set_aside_does_not_stand_for_one_of_its_successor()
    {
        await System.IO.File.WriteAllTextAsync(File, new string('x', 5000));
        await using var spool = await StartAsync(_folder.Path);
        await spool.AddAsync(Event("1"));
        spool.Settle(await spool.ReadAsync(), DeadLetterReason.Refused);
        await spool.PassASecondAsync();
        var letter = (await spool.Letters.NextAsync(Event("1").Source))!;
        var source = letter.Stored.Source;
        var old = letter with { Stored = new(new(generation: 0, source.Number, source.Name), letter.Stored.Seq, letter.Stored.Lane, letter.Stored.AcceptedAt, letter.Stored.Content) };

        Assert.False(await spool.Letters.DiscardAsync(old));
        Assert.False(await spool.Letters.KeepAsync(old));
        Assert.Equal(letter.Number, (await spool.Letters.NextAsync(source.Name))?.Number);

        Assert.True(await spool.Letters.DiscardAsync(letter));
        Assert.Null(await spool.Letters.NextAsync(source.Name));
        Assert.Equal(0, spool.Status.Sources.Single().DeadLetters);
    }

    [Fact]
    public void Pages_that_were_written_are_counted_once()
    {
        using var database = SqliteDatabase.Open(File);
        database.Execute("PRAGMA journal_mode=WAL; CREATE TABLE t (a)");

        Assert.InRange(database.TakePagesWritten(), 1, 10);
        Assert.Equal(0, database.TakePagesWritten());
        database.Execute("INSERT INTO t VALUES (1)");
        Assert.InRange(database.TakePagesWritten(), 1, 10);
    }

    [Fact]
    public async Task Files_set_aside_count_as_room_and_the_oldest_go_when_they_take_half_of_it()
    {
        for (var i = 0; i < 4; i++)
        {
            await System.IO.File.WriteAllBytesAsync(File, [.. Enumerable.Repeat((byte)'x', 1024 * 1024)]);
            await using var spool = await StartAsync(_folder.Path, options => options.SpoolBytes = SpoolLimits.LeastTotalBytes, new(new DateTimeOffset(2026, 11, 24, 8, i, 0, TimeSpan.Zero)));
            Assert.Equal(Math.Min(i + 1, 2), spool.Status.SetAside.Count);
            Assert.InRange(spool.Status.UsableBytes, SpoolLimits.LeastTotalBytes / 4, SpoolLimits.LeastTotalBytes - (1024 * 1024 * Math.Min(i + 1, 2)));
        }

        Assert.Equal(
            ["spool.db.set-aside-20261124T080200000Z", "spool.db.set-aside-20261124T080300000Z"],
            Directory.EnumerateFiles(_folder.Path, "*set-aside-*Z").Select(Path.GetFileName).Order());
    }

    /// <summary>Leaves so many events, of which the first ten are dead letters.</summary>
    private async Task FillAsync(int events, int bytes)
    {
        await using var spool = await StartAsync(_folder.Path);
        for (var i = 0; i < events; i += 100)
        {
            Assert.Equal(
                (SpoolOutcome.Safe, 0),
                await spool.AddAsync([.. Enumerable.Range(i, Math.Min(100, events - i)).Select(id => Event($"{id}", conversation: $"{id % 7}", bytes: bytes))]));
        }

        spool.Settle((await spool.ReadAsync())[..10], DeadLetterReason.Expired);
    }

    private Task SalvagedAsync(SpoolUnderTest spool) => Eventually.HoldsAsync(
        () =>
        {
            spool.Time.Advance(TimeSpan.FromSeconds(1));
            return Directory.EnumerateFiles(_folder.Path, "*.salvaged").Any();
        },
        "the damaged file was gone through");

    /// <summary>Overwrites pages with events in them.</summary>
    private void Damage(params double[] where)
    {
        Assert.False(System.IO.File.Exists(File + "-wal"));
        var content = System.IO.File.ReadAllBytes(File);
        var pages = content.Chunk(SpoolLimits.PageBytes).Select((page, number) => (page, number)).Where(item => item.page.AsSpan().IndexOf("xxxxxxxx"u8) >= 0).Select(item => item.number).ToArray();
        foreach (var place in where)
        {
            content.AsSpan(pages[(int)(pages.Length * place)] * SpoolLimits.PageBytes, SpoolLimits.PageBytes).Clear();
        }

        System.IO.File.WriteAllBytes(File, content);
    }
}
