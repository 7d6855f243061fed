using MessengerOperator.Receiver.Spool;
using MessengerOperator.Receiver.Tests.Harness;
using static MessengerOperator.Receiver.Tests.Harness.SpoolUnderTest;

namespace MessengerOperator.Receiver.Tests.Spool;

/// <summary>A repeat is told by integration and event id, for as long as the provider may send it.</summary>
public sealed class RepeatTests : IDisposable
{
    private const string Other = "/namespaces/test/messengerintegrations/other";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_repeat_is_safe_and_not_added_again()
    {
        await using var spool = await StartAsync(_folder.Path);

        Assert.Equal((SpoolOutcome.Safe, 0), await spool.AddAsync(Event("1"), Event("2")));
        Assert.Equal((SpoolOutcome.Safe, 2), await spool.AddAsync(Event("1"), Event("3"), Event("2")));
        Assert.Equal((SpoolOutcome.Safe, 1), await spool.AddAsync(Event("4"), Event("4")));

        Assert.Equal(["1", "2", "3", "4"], (await spool.ReadAsync()).Select(stored => stored.Content.Id));
    }

    [Fact]
    public async Task The_same_id_of_another_integration_is_no_repeat()
    {
        await using var spool = await StartAsync(_folder.Path);

        Assert.Equal((SpoolOutcome.Safe, 0), await spool.AddAsync(Event("1"), Event("1", Other)));

        Assert.Equal(2, (await spool.ReadAsync()).Count);
    }

    [Fact]
    public async Task A_repeat_is_recognised_after_delivery_after_a_restart_and_among_the_dead_letters()
    {
        var first = await StartAsync(_folder.Path);
        await first.AddAsync(Event("delivered"), Event("dead"));
        first.Settle((await first.ReadAsync())[..1]);
        first.Settle(await first.ReadAsync(), DeadLetterReason.Refused);
        await first.DisposeAsync();

        await using var second = await StartAsync(_folder.Path);
        Assert.Equal((SpoolOutcome.Safe, 2), await second.AddAsync(Event("delivered"), Event("dead")));
        Assert.Empty(await second.ReadAsync());
    }

    [Theory]
    [InlineData(24, 24)]
    [InlineData(25, 25)]
    [InlineData(300, 300)]
    [InlineData(5000, 5000)]
    public async Task Long_ids_that_differ_at_their_end_differ(int length, int otherLength)
    {
        await using var spool = await StartAsync(_folder.Path);
        var id = new string('ü', length - 1) + "1";
        var other = new string('ü', otherLength - 1) + "2";

        Assert.Equal((SpoolOutcome.Safe, 0), await spool.AddAsync(Event(id), Event(other)));
        Assert.Equal((SpoolOutcome.Safe, 2), await spool.AddAsync(Event(other), Event(id)));
    }

    [Fact]
    public async Task Ids_are_forgotten_after_the_window_and_not_before()
    {
        await using var spool = await StartAsync(_folder.Path);
        await spool.AddAsync(Event("old"));
        spool.Time.Advance(TimeSpan.FromHours(35));
        await AddAsync(spool, 300);
        Assert.Equal((SpoolOutcome.Safe, 1), await spool.AddAsync(Event("old")));

        // No provider is served here, so the window is that of a provider that does not say.
        spool.Time.Advance(TimeSpan.FromHours(2));
        await AddAsync(spool, 300);

        Assert.Equal((SpoolOutcome.Safe, 0), await spool.AddAsync(Event("old")));
    }

    [Fact]
    public async Task The_window_is_bounded_by_room_and_the_oldest_ids_go_first()
    {
        await using var spool = await StartAsync(_folder.Path, options => options.SpoolBytes = SpoolLimits.LeastTotalBytes);
        using var forgotten = new MeasurementCount("messenger_receiver.spool.repeats_forgotten");
        var kept = (int)new SpoolLimits(SpoolLimits.LeastTotalBytes).RepeatsKept;
        await spool.AddAsync(Event("first"));
        for (var i = 0; i < kept + 1000; i += 500)
        {
            await AddAsync(spool, 500);
            spool.Settle(await spool.ReadAsync());
        }

        Assert.InRange(forgotten.Count, 1, kept);
        Assert.Equal((SpoolOutcome.Safe, 0), await spool.AddAsync(Event("first")));
        Assert.Equal((SpoolOutcome.Safe, 1), await spool.AddAsync(Event($"{s_next}")));
    }

    private static int s_next;

    private static async Task AddAsync(SpoolUnderTest spool, int count) =>
        Assert.Equal((SpoolOutcome.Safe, 0), await spool.AddAsync([.. Enumerable.Range(0, count).Select(_ => Event($"{++s_next}", bytes: 10))]));
}
