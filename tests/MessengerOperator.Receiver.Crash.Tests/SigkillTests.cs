using System.Text.RegularExpressions;
using MessengerOperator.ProviderSimulator;
using MessengerOperator.ProviderSimulator.Accounts;
using MessengerOperator.ProviderSimulator.Control;
using MessengerOperator.ProviderSimulator.Delivery;

namespace MessengerOperator.Receiver.Crash.Tests;

/// <summary>Receivers with a spool are killed while they start, take in and deliver; what they have acknowledged arrives all the same.</summary>
/// <remarks>
/// A receiver for each messenger, whose simulator repeats as that messenger does. A killed process is not a power cut: what the kernel has is not lost with it.
/// </remarks>
public sealed partial class SigkillTests(ITestOutputHelper output)
{
    private const int Seed = 20261124;
    private const int KillsForEach = 42;
    private const int Customers = 8;
    private const int MessagesAtOnce = 40;
    private const int StartUpPercent = 25;

    // Retries come fast enough to meet the next start, and not so fast that events run out of their tries in between.
    private const double TimeScale = 0.005;
    private static readonly TimeSpan BurstPatience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan DrainPatience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Two_hundred_kills_lose_no_acknowledged_event_and_keep_the_order_of_conversations()
    {
        var started = TimeProvider.System.GetTimestamp();
        await using var sink = await FlakySink.StartAsync(Seed);
        await using var simulator = await SimulatorApp.StartAsync(new SimulatorOptions { TimeScale = TimeScale });
        using var control = simulator.CreateControl();

        var sums = await Task.WhenAll(Sender.All.Select((sender, index) => RunAsync(sender, sink, control, Seed + index)));

        foreach (var sum in sums)
        {
            output.WriteLine($"{sum.Provider}: {sum.Kills} kills, {sum.Sent} sent, {sum.GivenUp} given up by the messenger, {sum.Acknowledged} acknowledged, {sum.Lost} of them lost, {sum.Delivered} deliveries, {sum.Repeated} of them again, {sum.OutOfOrder} out of order");
        }

        output.WriteLine($"{sums.Sum(sum => sum.Kills)} kills in {TimeProvider.System.GetElapsedTime(started).TotalSeconds:0} s");
        Assert.InRange(sums.Sum(sum => sum.Kills), 200, int.MaxValue);
        Assert.All(sums, sum =>
        {
            Assert.Equal((0, 0, 0, 0), (sum.Lost, sum.OutOfOrder, sum.DeadLetters, sum.SetAside));
            // How many a messenger gives up depends on how fast this machine is; Viber tries ten times.
            Assert.InRange(sum.Acknowledged, KillsForEach, sum.Sent);
        });
    }

    private static async Task<Sum> RunAsync(Sender sender, FlakySink sink, SimulatorControl control, int seed)
    {
        var folder = Directory.CreateTempSubdirectory("crash-").FullName;
        await using var receiver = new KilledReceiver(folder);
        await sender.PrepareAsync(control, folder, receiver.TrafficPort, sink.UrlFor(sender.Provider));
        var dice = new Random(seed);
        for (var round = 1; round <= KillsForEach; round++)
        {
            await sender.SubscribeAgainAsync(control);
            receiver.Start();
            await (dice.Next(100) < StartUpPercent
                ? Task.Delay(receiver.StartUp * dice.NextDouble(), TimeProvider.System, TestContext.Current.CancellationToken)
                : TrafficAsync(sender, sink, control, receiver, round, dice));
            await receiver.KillAsync();
        }

        receiver.Start();
        await receiver.ListensAsync();
        var status = await DrainAsync(sender, sink, control, receiver);
        Assert.Equal(0, await receiver.StopAsync());
        var sum = Sum.Of(sender, await control.GetDeliveriesAsync(sender.Account.Id!), sink.TakenOf(sender.Provider)) with
        {
            Kills = receiver.Kills,
            DeadLetters = status.DeadLetters,
            SetAside = status.SetAside,
        };
        Directory.Delete(folder, recursive: true);
        return sum;
    }

    /// <summary>Sends, and comes back when the sink has got as many events as the dice say, or a moment later.</summary>
    private static async Task TrafficAsync(Sender sender, FlakySink sink, SimulatorControl control, KilledReceiver receiver, int round, Random dice)
    {
        await receiver.ListensAsync();
        var enough = sink.CountOf(sender.Provider) + dice.Next(MessagesAtOnce);
        var later = TimeSpan.FromMilliseconds(dice.Next(30));
        await control.SendMessagesAsync(sender.Account.Id!, new CustomerMessage { Text = $"m{round}-{{n}}m", Count = MessagesAtOnce, Customers = Customers });
        await HoldsAsync(() => sink.CountOf(sender.Provider) >= enough, BurstPatience);
        await Task.Delay(later, TimeProvider.System, TestContext.Current.CancellationToken);
    }

    private static async Task<(long Backlog, long DeadLetters, int SetAside)> DrainAsync(Sender sender, FlakySink sink, SimulatorControl control, KilledReceiver receiver)
    {
        await control.GetDeliveriesAsync(sender.Account.Id!, "pending:0", DrainPatience);
        sink.IsWell = true;
        var status = await receiver.StatusAsync();
        await HoldsAsync(async () => (status = await receiver.StatusAsync()).Backlog == 0, DrainPatience);
        Assert.True(status.Backlog == 0, $"{sender.Provider}: {status.Backlog} events are still in the spool although the sink takes them");
        return status;
    }

    private static Task HoldsAsync(Func<bool> condition, TimeSpan patience) => HoldsAsync(() => Task.FromResult(condition()), patience);

    private static async Task HoldsAsync(Func<Task<bool>> condition, TimeSpan patience)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await condition() && TimeProvider.System.GetElapsedTime(started) < patience)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    [GeneratedRegex(@"m(\d+)-(\d+)m")]
    private static partial Regex Message();

    /// <summary>What became of one messenger's events.</summary>
    private sealed record Sum(string Provider, int Sent, int GivenUp, int Acknowledged, int Lost, int Delivered, int Repeated, int OutOfOrder)
    {
        public int Kills { get; init; }

        public long DeadLetters { get; init; }

        public int SetAside { get; init; }

        public static Sum Of(Sender sender, DeliveryReport report, IReadOnlyList<(string Conversation, string Text)> taken)
        {
            var place = report.Deliveries.Select((record, number) => (Message().Match(record.Body).Value, number)).ToDictionary(item => item.Value, item => item.number);
            var acknowledged = report.Deliveries.Where(record => record.State == DeliveryState.Acknowledged).Select(record => Message().Match(record.Body).Value).ToHashSet();
            var first = taken.Where(item => item.Text.Length > 0).DistinctBy(item => item.Text).ToList();
            var outOfOrder = !sender.KeepsOrder ? 0 : first.GroupBy(item => item.Conversation).Sum(conversation => Inversions([.. conversation.Select(item => place[item.Text])]));
            return new(sender.Provider, report.Total, report.Expired, acknowledged.Count, acknowledged.Except(first.Select(item => item.Text)).Count(), taken.Count, taken.Count - first.Count, outOfOrder);
        }

        private static int Inversions(IReadOnlyList<int> numbers) => numbers.Zip(numbers.Skip(1)).Count(pair => pair.First > pair.Second);
    }
}
