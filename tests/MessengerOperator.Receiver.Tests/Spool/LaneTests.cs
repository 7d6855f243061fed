using MessengerOperator.Receiver.Spool;
using MessengerOperator.Receiver.Spool.Sqlite;
using MessengerOperator.Receiver.Tests.Harness;
using static MessengerOperator.Receiver.Tests.Harness.SpoolUnderTest;

namespace MessengerOperator.Receiver.Tests.Spool;

/// <summary>A conversation's events are found among all others, wherever they lie and whatever happened to the file.</summary>
public sealed class LaneTests : IDisposable
{
    private const string Source = "/namespaces/test/messengerintegrations/one";
    private const long Chunk = SpoolLanes.ChunkEvents;

    private readonly TemporaryFolder _folder = new();

    private static long Lane => ConversationLane.Of("c")!.Value;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(16, int.MaxValue)]
    [InlineData(1, int.MaxValue)]
    [InlineData(16, 1)]
    public async Task A_conversation_is_read_in_order_however_far_apart_its_events_are(int most, int mostBytes)
    {
        await using var spool = await StartAsync(_folder.Path);

        // At the borders of chunks, further apart than is looked through at once, and behind chunks that hold nothing any more.
        long[] places = [2, Chunk - 1, Chunk, (70 * Chunk) + 5, (700 * Chunk) + 7, (4900 * Chunk) + 1];
        var foreign = Enumerable.Range(0, 710).Select(chunk => (chunk * Chunk) + 10);
        await AddAtAsync(spool, [.. places.Select(place => (place, "c")), .. foreign.Select(place => (place, "foreign"))]);

        Assert.Equal(places.Select(place => $"{place}"), await ReadLaneAsync(spool, Lane, most, mostBytes));
    }

    [Fact]
    public async Task A_conversation_is_found_after_a_restart_in_the_middle_of_a_chunk()
    {
        await using (var spool = await StartAsync(_folder.Path))
        {
            await AddAtAsync(spool, [(2, "c"), (Chunk - 1, "foreign"), (Chunk + 3, "c"), (Chunk + 4, "foreign")]);
        }

        await using (var spool = await StartAsync(_folder.Path))
        {
            await AddAtAsync(spool, [(Chunk + 5, "c"), ((2 * Chunk) + 1, "foreign"), ((2 * Chunk) + 2, "c")]);
        }

        await using (var spool = await StartAsync(_folder.Path))
        {
            Assert.Equal(["2", $"{Chunk + 3}", $"{Chunk + 5}", $"{(2 * Chunk) + 2}"], await ReadLaneAsync(spool, Lane));
        }
    }

    [Fact]
    public async Task A_restart_with_the_last_event_of_a_chunk_forgets_none_of_it()
    {
        await using (var spool = await StartAsync(_folder.Path))
        {
            await AddAtAsync(spool, [(2, "c"), (Chunk - 1, "c")]);
        }

        await using (var spool = await StartAsync(_folder.Path))
        {
            await AddAtAsync(spool, [(Chunk, "c")]);
            Assert.Equal(["2", $"{Chunk - 1}", $"{Chunk}"], await ReadLaneAsync(spool, Lane));
        }
    }

    [Fact]
    public async Task A_transaction_that_was_undone_leaves_no_trace_in_a_conversation()
    {
        await using var spool = await StartAsync(_folder.Path);
        await AddAtAsync(spool, [(2, "c"), (Chunk - 2, "c")]);
        await spool.Spool.AskAsync(file =>
        {
            file.Begin();
            for (var i = 0; i < Chunk; i++)
            {
                file.Add(Event($"undone-{i}", conversation: "c"), Lane, spool.Time.GetUtcNow());
            }

            file.Rollback();
            return true;
        });

        await spool.AddAsync(Event("foreign", conversation: "foreign"));
        await spool.AddAsync(Event("next"));
        await spool.AddAsync(Event("last"));

        Assert.Equal(["2", $"{Chunk - 2}", "next", "last"], await ReadLaneAsync(spool, Lane));
    }

    [Fact]
    public async Task Conversations_that_are_alike_in_the_half_that_is_kept_are_told_apart()
    {
        await using var spool = await StartAsync(_folder.Path);
        var (one, other) = ((1L << 32) | 5, (2L << 32) | 5);
        await spool.Spool.AskAsync(file =>
        {
            file.Begin();
            for (var i = 0; i < 2 * Chunk; i++)
            {
                file.Add(Event($"{i}"), i is 0 or (int)Chunk + 9 ? one : other, spool.Time.GetUtcNow());
            }

            file.Commit(now: 0);
            return true;
        });

        Assert.Equal(["0", $"{Chunk + 9}"], await ReadLaneAsync(spool, one));
        Assert.Equal((2 * Chunk) - 2, (await ReadLaneAsync(spool, other)).Count);
    }

    [Fact]
    public async Task An_event_that_is_redriven_comes_last_in_its_conversation()
    {
        await using var spool = await StartAsync(_folder.Path);
        await spool.AddAsync(Event("first"), Event("second"), Event("third"));
        spool.Settle((await spool.ReadAsync()).Take(1), DeadLetterReason.Refused);

        await spool.Spool.AskAsync(file =>
        {
            file.Begin();
            var key = Assert.Single(file.DeadLetters.Keys(after: 0, long.MaxValue, long.MaxValue, most: 2, long.MaxValue));
            file.Redrive(key.Number, file.Source(key.Source), now: 1);
            file.Commit(now: 1);
            return true;
        });

        Assert.Equal(["second", "third", "first"], await ReadLaneAsync(spool, Lane));
    }

    [Fact]
    public async Task What_tells_where_conversations_are_goes_with_their_events()
    {
        await using (var spool = await StartAsync(_folder.Path))
        {
            await AddAtAsync(spool, [.. Enumerable.Range(1, 5).Select(i => (i * Chunk, "c"))]);
            spool.Settle((await spool.ReadAsync()).Take(4));
            await PassTwoSecondsAsync(spool);
            Assert.Equal([$"{4 * Chunk}", $"{5 * Chunk}"], await ReadLaneAsync(spool, Lane));
        }

        // The fourth; the fifth, the newest, has none yet.
        Assert.Equal(1, Ask("SELECT count(*) FROM chunk"));

        await using (var spool = await StartAsync(_folder.Path))
        {
            spool.Settle(await spool.ReadAsync());
            await PassTwoSecondsAsync(spool);
        }

        Assert.Equal(0, Ask("SELECT count(*) FROM chunk"));
    }

    [Fact]
    public async Task A_file_of_the_version_before_is_brought_up_to_date_with_all_that_is_in_it()
    {
        await using (var spool = await StartAsync(_folder.Path))
        {
            await AddAtAsync(spool, [(2, "c"), (Chunk - 1, "foreign"), (Chunk + 3, "c"), (7 * Chunk, "foreign"), ((7 * Chunk) + 1, "c"), (9 * Chunk, "foreign")]);
            spool.Settle((await spool.ReadAsync()).TakeLast(1));
            await spool.PassASecondAsync();
        }

        Ask("DROP TABLE chunk; CREATE INDEX event_lane ON event (seq >> 10, lane) WHERE lane IS NOT NULL; PRAGMA user_version=1");

        await using (var spool = await StartAsync(_folder.Path))
        {
            Assert.Equal(6, (await spool.ReadAsync()).Count);
            await AddAtAsync(spool, [((9 * Chunk) + 1, "c")]);
            Assert.Equal(["2", $"{Chunk + 3}", $"{(7 * Chunk) + 1}", $"{(9 * Chunk) + 1}"], await ReadLaneAsync(spool, Lane));
        }

        Assert.Equal(SpoolSchema.Version, Ask("PRAGMA user_version"));
        Assert.Equal(0, Ask("SELECT count(*) FROM sqlite_schema WHERE name = 'event_lane'"));
    }

    /// <summary>Adds events of conversations under the numbers that are also their ids.</summary>
    private static async Task AddAtAsync(SpoolUnderTest spool, IEnumerable<(long Place, string Conversation)> events)
    {
        await spool.AddAsync(Event("the source's first", conversation: "foreign"));
        await spool.Spool.AskAsync(file =>
        {
            var source = file.Sources.Single(source => source.Name == Source);
            file.Begin();
            foreach (var (place, conversation) in events.OrderBy(added => added.Place))
            {
                source.Count = place - 1;
                Assert.NotNull(file.Add(Event($"{place}", conversation: conversation), ConversationLane.Of(conversation), spool.Time.GetUtcNow()));
            }

            file.Commit(now: 0);
            return true;
        });
    }

    // In the first what was settled may be written just too late for the house-keeping.
    private static async Task PassTwoSecondsAsync(SpoolUnderTest spool)
    {
        await spool.PassASecondAsync();
        await spool.PassASecondAsync();
    }

    private static Task<List<string>> ReadLaneAsync(SpoolUnderTest spool, long lane, int most = 16, long mostBytes = long.MaxValue) => spool.Spool.AskAsync(file =>
    {
        var source = file.Sources.Single(source => source.Name == Source);
        var all = new List<string>();
        for (long? after = source.First; after is { } from;)
        {
            var events = new List<StoredEvent>();
            after = file.Events.ReadLane(source, lane, from, source.Last, most, mostBytes, events);
            Assert.False(after <= from, "it does not go on");
            all.AddRange(events.Select(stored => stored.Content.Id));
        }

        return all;
    });

    private long Ask(string sql)
    {
        using var database = SqliteDatabase.Open(Path.Combine(_folder.Path, "spool.db"));
        if (sql.StartsWith("SELECT", StringComparison.Ordinal) || !sql.Contains('='))
        {
            return database.Scalar(sql);
        }

        database.Execute(sql);
        return 0;
    }
}
