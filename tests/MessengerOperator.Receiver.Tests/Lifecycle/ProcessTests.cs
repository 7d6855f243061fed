using System.Diagnostics;
using System.Net;
using System.Runtime.InteropServices;
using MessengerOperator.Receiver.Tests.Harness;
using MessengerOperator.TestKit;

namespace MessengerOperator.Receiver.Tests.Lifecycle;

/// <summary>The real process: its command line, its signals, its exit codes.</summary>
public partial class ProcessTests
{
    private const int Sigterm = 15;

    [Fact]
    public async Task Sigterm_ends_it_with_exit_code_0()
    {
        await using var sink = await TestSink.StartAsync();
        var folder = FolderFor(sink);
        var management = FreePort.Take();
        using var process = Start(
            "--config", Path.Combine(folder, "receiver.json"), "--listen-address", "127.0.0.1", "--traffic-port", "0", "--management-port", $"{management}", "--lameduck", "100ms");
        using var client = new HttpClient { BaseAddress = new($"http://127.0.0.1:{management}") };
        await Eventually.HoldsAsync(() => IsReadyAsync(client), "it is ready");

        Assert.Equal(0, Kill(process.Id, Sigterm));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, process.ExitCode);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Help_and_version_are_told()
    {
        Assert.Contains("--traffic-port PORT", (await RunAsync("--help")).Output, StringComparison.Ordinal);
        Assert.Matches(@"^\d+\.\d+\.\d+", (await RunAsync("--version")).Output);
    }

    [Fact]
    public async Task Wrong_flags_and_configurations_are_told_with_an_exit_code()
    {
        var noConfig = await RunAsync();
        Assert.Equal((2, "messenger-receiver: --config PATH is required\n"), (noConfig.ExitCode, noConfig.Error));

        var absent = await RunAsync("--config", "/absent/receiver.json");
        Assert.Equal((1, "messenger-receiver: /absent/receiver.json: cannot be read\n"), (absent.ExitCode, absent.Error));
    }

    [Fact]
    public async Task A_port_that_somebody_has_is_told_with_an_exit_code()
    {
        await using var sink = await TestSink.StartAsync();
        var folder = FolderFor(sink);
        var port = sink.Port;

        var taken = await RunAsync("--config", Path.Combine(folder, "receiver.json"), "--listen-address", "127.0.0.1", "--traffic-port", $"{port}", "--management-port", "0");

        Assert.Equal(1, taken.ExitCode);
        Assert.Equal($"messenger-receiver: 127.0.0.1, ports {port} and 0: cannot be listened on: Address already in use\n", taken.Error);
        Directory.Delete(folder, recursive: true);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int pid, int signal);

    private static string FolderFor(TestSink sink)
    {
        var folder = Directory.CreateTempSubdirectory("receiver-").FullName;
        ReceiverUnderTest.WriteKey(folder, "token", ReceiverUnderTest.Secret);
        ReceiverUnderTest.WriteConfiguration(folder, ReceiverUnderTest.Route(sink));
        return folder;
    }

    private static async Task<bool> IsReadyAsync(HttpClient client)
    {
        try
        {
            using var response = await client.GetAsync("/readyz", TestContext.Current.CancellationToken);
            return response.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await error);
    }

    private static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(typeof(ReceiverApplication).Assembly.Location);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }
}
