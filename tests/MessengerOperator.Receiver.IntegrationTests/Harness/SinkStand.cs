using System.Text;
using MessengerOperator.Providers.Webhooks;
using MessengerOperator.Receiver.Configuration;
using MessengerOperator.Receiver.Sinks;
using MessengerOperator.Receiver.Telemetry;
using Microsoft.Extensions.DependencyInjection;

namespace MessengerOperator.Receiver.IntegrationTests.Harness;

/// <summary>The receiver's sinks without the rest of it: opens what a configuration document says, with the files that it names.</summary>
internal sealed class SinkStand : IAsyncDisposable
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private readonly ServiceProvider _services;

    public SinkStand()
    {
        var options = new ReceiverOptions { SinkTimeout = Limit };
        _services = new ServiceCollection()
            .AddSingleton(options)
            .AddSingleton(TimeProvider.System)
            .AddSingleton<ServedRoutes>()
            .AddReceiverTelemetry(options)
            .AddSinks()
            .BuildServiceProvider();
    }

    /// <summary>Opens a sink, as a reading of the configuration does that has only this one.</summary>
    public IEventSink Open(ReceiverSink sink, IReadOnlyDictionary<string, string> files)
    {
        var kinds = _services.GetRequiredService<SinkKinds>();
        var pool = _services.GetRequiredService<SinkPool>();
        Assert.Empty(kinds.Check(sink, "sink"));
        pool.BeginGeneration();
        var problems = new List<string>();
        var opened = kinds.Open(sink, kinds.Files(sink).ToDictionary(name => name, name => (byte[]?)Encoding.UTF8.GetBytes(files[name] + "\n"), StringComparer.Ordinal), "sink", problems);
        pool.EndGeneration();
        Assert.Empty(problems);
        return opened!;
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
