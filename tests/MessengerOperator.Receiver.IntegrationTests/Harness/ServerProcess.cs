using System.Diagnostics;
using System.Reflection;
using System.Text;

namespace MessengerOperator.Receiver.IntegrationTests.Harness;

/// <summary>A server that a test has started in a folder of its own, and that is gone with it.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(5);

    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private ServerProcess(Process process) => _process = process;

    /// <summary>What it has written.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Installs Debian packages unless the program is there.</summary>
    public static async Task InstallAsync(string program, string package)
    {
        var root = typeof(ServerProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "RepositoryRoot").Value!;
        using var install = Process.Start(new ProcessStartInfo(Path.Combine(root, "tests", "cluster", "packages"), [$"{program}={package}"]))!;
        await install.WaitForExitAsync();
        Assert.True(install.ExitCode == 0, $"Debian's package {package} cannot be installed");
    }

    /// <summary>Starts it and waits until it has written <paramref name="ready"/>.</summary>
    public static async Task<ServerProcess> StartAsync(string program, IEnumerable<string> arguments, string ready, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        var server = new ServerProcess(new Process { StartInfo = start });
        server._process.OutputDataReceived += (_, line) => server.Append(line.Data);
        server._process.ErrorDataReceived += (_, line) => server.Append(line.Data);
        server._process.Start();
        server._process.BeginOutputReadLine();
        server._process.BeginErrorReadLine();
        var started = TimeProvider.System.GetTimestamp();
        while (!server.Output.Contains(ready, StringComparison.Ordinal))
        {
            Assert.True(!server._process.HasExited && TimeProvider.System.GetElapsedTime(started) < StartTimeout, $"{program} does not start: {server.Output}");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None);
        }

        return server;
    }

    /// <summary>Kills it, as a crash does.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    private void Append(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }
    }
}
