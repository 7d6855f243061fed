using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using MessengerOperator.TestKit;

namespace MessengerOperator.Receiver.Crash.Tests;

/// <summary>A receiver as a process of its own, always on the same ports and the same spool, that can be killed and started again.</summary>
internal sealed class KilledReceiver : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly HttpClient _management;
    private readonly string _folder;
    private readonly int _managementPort = FreePort.Take();
    private Process? _process;
    private TaskCompletionSource _listening = new();
    private Task _reading = Task.CompletedTask;

    /// <summary>A receiver with that configuration folder; it does not run yet.</summary>
    public KilledReceiver(string folder)
    {
        _folder = folder;
        _management = new() { BaseAddress = new($"http://127.0.0.1:{_managementPort}") };
    }

    /// <summary>Where the provider calls.</summary>
    public int TrafficPort { get; } = FreePort.Take();

    /// <summary>How often it was killed.</summary>
    public int Kills { get; private set; }

    /// <summary>How long the last start took until it listened.</summary>
    public TimeSpan StartUp { get; private set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Starts it; it may not listen yet.</summary>
    public void Start()
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            // It lives for a second or two: no time for the runtime to find out what is worth compiling better.
            Environment = { ["DOTNET_TieredPGO"] = "0" },
            ArgumentList =
            {
                Path.Combine(AppContext.BaseDirectory, "messenger-receiver.dll"),
                "--config", Path.Combine(_folder, "receiver.json"),
                "--spool", Path.Combine(_folder, "spool"),
                "--listen-address", "127.0.0.1",
                "--traffic-port", TrafficPort.ToString(CultureInfo.InvariantCulture),
                "--management-port", _managementPort.ToString(CultureInfo.InvariantCulture),
                "--lameduck", "0s",
            },
        };
        _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _process = Process.Start(start)!;
        _reading = ReadAsync(_process.StandardOutput, _listening, TimeProvider.System.GetTimestamp());
    }

    /// <summary>Waits until it listens.</summary>
    public Task ListensAsync() => _listening.Task.WaitAsync(Patience);

    /// <summary>Ends it at once, as the kernel does when memory runs out: nothing of its own code runs any more.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await EndAsync();
        Kills++;
    }

    /// <summary>Ends it with SIGTERM; the exit code.</summary>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        await _process.WaitForExitAsync().WaitAsync(Patience);
        var code = _process.ExitCode;
        await EndAsync();
        return code;
    }

    /// <summary>Events that are safe and not delivered, and dead letters.</summary>
    public async Task<(long Backlog, long DeadLetters, int SetAside)> StatusAsync()
    {
        var status = JsonNode.Parse(await _management.GetStringAsync("/status"))!;
        var route = status["routes"]![0]!;
        return ((long)route["backlog"]!, (long)route["deadLetters"]!, status["spool"]!["setAside"]!.AsArray().Count);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill();
            await EndAsync();
        }

        _management.Dispose();
    }

    private async Task EndAsync()
    {
        await _process!.WaitForExitAsync();
        await _reading;
        _process.Dispose();
        _process = null;
    }

    private async Task ReadAsync(StreamReader output, TaskCompletionSource listening, long started)
    {
        var last = string.Empty;
        while (await output.ReadLineAsync() is { } line)
        {
            last = line;
            if (line.Contains("Listening: traffic on", StringComparison.Ordinal) && listening.TrySetResult())
            {
                StartUp = TimeProvider.System.GetElapsedTime(started);
            }
        }

        listening.TrySetException(new InvalidOperationException($"The receiver ended before it listened; its last line: {last}"));
        _ = listening.Task.Exception;
    }
}
