using System.Text;
using MessengerOperator.Providers;
using MessengerOperator.Providers.Webhooks;
using MessengerOperator.Receiver.Configuration;
using MessengerOperator.Receiver.Intake;
using MessengerOperator.Receiver.Spool;
using MessengerOperator.Receiver.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace MessengerOperator.Receiver.Tests.Harness;

/// <summary>A spool on its own, at a time that the test sets.</summary>
internal sealed class SpoolUnderTest : IAsyncDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().AddProviders().BuildServiceProvider();
    private readonly ServedRoutes _routes = new();

    private SpoolUnderTest(string folder, Action<ReceiverOptions>? configure, FakeTimeProvider time)
    {
        var options = new ReceiverOptions { SpoolDirectory = folder, SpoolBytes = 16 * 1024 * 1024 };
        configure?.Invoke(options);
        Time = time;
        var status = new SpoolStatus { IsUsed = true };
        var metrics = new SpoolMetrics(_services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>(), status, time);
        Spool = new(options, new(_routes, _services.GetRequiredService<ProviderRegistry>()), status, metrics, time, NullLogger<EventSpool>.Instance);
        Letters = new(Spool, time);
    }

    public FakeTimeProvider Time { get; }

    public EventSpool Spool { get; }

    public DeadLetterBox Letters { get; }

    public SpoolStatus Status => Spool.Status;

    public static async Task<SpoolUnderTest> StartAsync(string folder, Action<ReceiverOptions>? configure = null, FakeTimeProvider? time = null)
    {
        var spool = new SpoolUnderTest(folder, configure, time ?? new(new DateTimeOffset(2026, 11, 24, 8, 0, 0, TimeSpan.Zero)));
        await spool.Spool.StartAsync(TestContext.Current.CancellationToken);
        return spool;
    }

    public static CloudEvent Event(string id, string source = "/namespaces/test/messengerintegrations/one", string? conversation = "c", int bytes = 100) => new(
        id,
        source,
        EventType.MessageReceived,
        new(2026, 11, 24, 8, 0, 0, TimeSpan.Zero),
        conversation,
        conversation,
        "telegram",
        TraceParent: null,
        Encoding.UTF8.GetBytes("{\"text\":\"" + new string('x', bytes) + "\"}"));

    public async Task<(SpoolOutcome Outcome, int Repeats)> AddAsync(params CloudEvent[] events)
    {
        var entry = new SpoolEntry([.. events.Select(content => new OutgoingEvent(Route, content))]);
        var outcome = await Spool.AddAsync(entry);
        return (outcome, entry.Repeats?.Count ?? 0);
    }

    /// <summary>All events that are not delivered, in order.</summary>
    public Task<List<StoredEvent>> ReadAsync() => Spool.AskAsync(file =>
    {
        var events = new List<StoredEvent>();
        foreach (var source in file.Sources)
        {
            file.Events.Read(source, source.First, int.MaxValue, long.MaxValue, events);
        }

        return events;
    });

    public void Settle(IEnumerable<StoredEvent> events, DeadLetterReason? reason = null)
    {
        foreach (var stored in events)
        {
            Spool.Settle(new(stored.Source, stored.Seq, reason, reason is null ? null : 400, reason is null ? 0 : 1));
        }
    }

    /// <summary>Lets a second pass, and waits for what the spool does then.</summary>
    public async Task PassASecondAsync()
    {
        // What was handed over is written first: the turn before may look at the clock after it was set, and would then be the one that keeps the house in order.
        await Spool.AskAsync(_ => 0);
        Time.Advance(TimeSpan.FromSeconds(1));
        await Spool.AskAsync(_ => 0);
        await Spool.AskAsync(_ => 0);
    }

    public async ValueTask DisposeAsync()
    {
        await Spool.StopAsync(CancellationToken.None);
        Spool.Dispose();
        await _services.DisposeAsync();
    }

    private static ServedRoute Route { get; } = new()
    {
        Integration = "test/one",
        Source = "/namespaces/test/messengerintegrations/one",
        Provider = "Telegram",
        ProviderName = "telegram",
        Account = new(null, null),
        Settings = new(default),
        Keys = new([]),
        RequestKeys = new([]),
        ProbeKey = null,
        Sink = null,
        IsReady = true,
        Problems = [],
        Statistics = new(),
    };
}
