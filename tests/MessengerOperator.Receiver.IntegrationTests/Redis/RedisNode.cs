using MessengerOperator.Receiver.IntegrationTests.Harness;
using MessengerOperator.TestKit;

namespace MessengerOperator.Receiver.IntegrationTests.Redis;

/// <summary>One process of Debian's Redis that makes its data safe before it answers.</summary>
internal sealed class RedisNode(string folder, string configuration, bool inCluster) : IAsyncDisposable
{
    private ServerProcess? _process;

    public int Port { get; } = FreePort.Take();

    public int TlsPort { get; } = FreePort.Take();

    public async Task StartAsync()
    {
        var file = Path.Combine(folder, $"redis-{Port}.conf");
        if (!File.Exists(file))
        {
            await File.WriteAllTextAsync(file, $"""
                bind 127.0.0.1
                port {Port}
                tls-port {TlsPort}
                dir {Directory.CreateDirectory(Path.Combine(folder, $"{Port}")).FullName}
                appendonly yes
                appendfsync always
                save ""
                {(inCluster ? $"cluster-enabled yes\ntls-cluster yes\ncluster-node-timeout 2000\ncluster-port {FreePort.Take()}" : string.Empty)}
                {configuration}
                """);
        }

        _process = await ServerProcess.StartAsync("redis-server", [file], "Ready to accept connections");
    }

    /// <summary>Ends it as a crash does.</summary>
    public Task KillAsync() => _process!.KillAsync();

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }
    }
}
