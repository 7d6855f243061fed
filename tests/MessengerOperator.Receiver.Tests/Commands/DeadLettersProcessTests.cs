using System.Diagnostics;
using System.Globalization;
using MessengerOperator.Receiver.Tests.Harness;

namespace MessengerOperator.Receiver.Tests.Commands;

/// <summary><c>messenger-receiver dead-letters</c> as <c>kubectl exec</c> runs it: a second process beside the receiver, in the same environment.</summary>
public class DeadLettersProcessTests
{
    [Fact]
    public async Task It_asks_the_receiver_beside_it_at_the_port_that_the_environment_names()
    {
        await using var sink = await TestSink.StartAsync();
        sink.Behaviour = TestSink.Answer(400);
        await using var receiver = await ReceiverUnderTest.StartWithSpoolAsync(sink);
        await receiver.PostAllAsync([1], _ => 1);
        await Eventually.HoldsAsync(async () => await receiver.RouteStatusAsync<long>("deadLetters") == 1, "it is put aside");
        var port = receiver.Management.BaseAddress!.Port.ToString(CultureInfo.InvariantCulture);

        var (code, output) = await RunAsync(port, "dead-letters", "list");

        Assert.Equal(0, code);
        Assert.EndsWith("\trefused\t400\t/namespaces/contact-centre/messengerintegrations/acme-support\t700000001-1\n", output, StringComparison.Ordinal);
        Assert.Equal((0, "1 discarded\n"), await RunAsync(port, "dead-letters", "discard", "--all"));
    }

    private static async Task<(int Code, string Output)> RunAsync(string managementPort, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(ReceiverApplication).Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true,
            Environment =
            {
                ["MESSENGER_RECEIVER_MANAGEMENT_PORT"] = managementPort,
                // A proxy that the pod's environment names is not for the loopback.
                ["HTTP_PROXY"] = "http://127.0.0.1:1",
                ["http_proxy"] = "http://127.0.0.1:1",
            },
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output);
    }
}
