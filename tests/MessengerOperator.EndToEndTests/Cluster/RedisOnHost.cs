using System.Diagnostics;
using MessengerOperator.TestKit;

namespace MessengerOperator.EndToEndTests.Cluster;

/// <summary>A Redis on this machine that a Service of the cluster leads to, with a user that may only add to streams.</summary>
internal sealed class RedisOnHost : IAsyncDisposable
{
    internal const string Service = "redis";
    internal const string Secret = "redis-receiver";
    private const string Password = "redis-password-4711";
    private const string AdminPassword = "redis-admin-4712";

    private readonly Kubectl _kubectl;
    private readonly Process _process;
    private readonly int _port;
    private readonly string _host;

    private RedisOnHost(Kubectl kubectl, string host, int port, Process process) => (_kubectl, _host, _port, _process) = (kubectl, host, port, process);

    /// <summary>Starts it and makes its Service and the Secret with its user.</summary>
    /// <param name="kubectl">The cluster.</param>
    /// <param name="host">This machine's address as pods see it.</param>
    public static async Task<RedisOnHost> StartAsync(Kubectl kubectl, string host)
    {
        var port = FreePort.Take();
        // Its configuration from the standard input, so that no password is on a command line.
        var start = new ProcessStartInfo("redis-server", ["-"]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        var redis = new RedisOnHost(kubectl, host, port, Process.Start(start)!);
        try
        {
            await redis._process.StandardInput.WriteAsync($"""
                port {port}
                bind {host} 127.0.0.1
                save ""
                user default on >{AdminPassword} ~* &* +@all
                user sink on >{Password} ~messages resetchannels -@all +xadd +ping +echo +info +client +cluster +hello +select +asking

                """);
            redis._process.StandardInput.Close();
            while (await redis._process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line && !line.Contains("Ready to accept connections", StringComparison.Ordinal))
            {
                // What it says before.
            }

            Assert.False(redis._process.HasExited, "Redis does not start");
            _ = redis._process.StandardOutput.ReadToEndAsync();
            await redis.ApplyAsync();
            return redis;
        }
        catch
        {
            await redis.DisposeAsync();
            throw;
        }
    }

    /// <summary>The ids of all events in the stream.</summary>
    public async Task<IReadOnlySet<string>> ArrivedAsync()
    {
        var entries = (await Command.RunAsync(
            "redis-cli", ["-p", $"{_port}", "--raw", "XRANGE", "messages", "-", "+"], new Dictionary<string, string?> { ["REDISCLI_AUTH"] = AdminPassword })).Required("reading the stream");
        var lines = entries.Split('\n');
        return Enumerable.Range(0, lines.Length - 1).Where(line => lines[line] == "ce_id").Select(line => lines[line + 1]).ToHashSet();
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        await _kubectl.InNamespaceAsync("delete", "service,endpoints,secret", Service, Secret, "--ignore-not-found");
    }

    private async Task ApplyAsync()
    {
        var objects = Path.GetTempFileName();
        await File.WriteAllTextAsync(objects, $$$"""
            {"apiVersion": "v1", "kind": "List", "items": [
              {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "{{{Service}}}"}, "spec": {"ports": [{"port": 6379, "targetPort": {{{_port}}}}]}},
              {"apiVersion": "v1", "kind": "Endpoints", "metadata": {"name": "{{{Service}}}"}, "subsets": [{"addresses": [{"ip": "{{{_host}}}"}], "ports": [{"port": {{{_port}}}}]}]},
              {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "{{{Secret}}}"}, "stringData": {"username": "sink", "password": "{{{Password}}}"}}
            ]}
            """);
        await _kubectl.InNamespaceAsync("apply", "--filename", objects);
        File.Delete(objects);
    }
}
