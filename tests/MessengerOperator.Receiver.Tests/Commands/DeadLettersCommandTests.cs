using System.Globalization;
using MessengerOperator.Receiver.Commands;
using MessengerOperator.Receiver.Tests.Harness;

namespace MessengerOperator.Receiver.Tests.Commands;

/// <summary><c>messenger-receiver dead-letters</c>.</summary>
public class DeadLettersCommandTests
{
    [Fact]
    public async Task It_lists_redrives_and_discards()
    {
        await using var sink = await TestSink.StartAsync();
        sink.Behaviour = TestSink.Answer(422);
        await using var receiver = await ReceiverUnderTest.StartWithSpoolAsync(sink);
        for (var id = 1; id <= 3; id++)
        {
            using var response = await receiver.PostAsync(ReceiverUnderTest.Update(id));
        }

        await Eventually.HoldsAsync(async () => await receiver.RouteStatusAsync<long>("deadLetters") == 3, "all are put aside");
        sink.Behaviour = TestSink.Take;

        var (code, listed, _) = await RunAsync(receiver, "list");
        var lines = listed.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')).ToArray();
        Assert.Equal((0, 3), (code, lines.Length));
        Assert.All(lines, fields => Assert.Equal(["refused", "422", "/namespaces/contact-centre/messengerintegrations/acme-support"], fields[2..5]));
        Assert.Equal(["700000001-1", "700000001-2", "700000001-3"], lines.Select(fields => fields[5]).Order());

        Assert.Equal((0, "1 redriven\n", ""), await RunAsync(receiver, "redrive", "--id", lines[0][0]));
        Assert.Equal((0, "1 discarded\n", ""), await RunAsync(receiver, "discard", "--id", lines[1][0]));
        Assert.Equal((0, "1 redriven\n", ""), await RunAsync(receiver, "redrive"));
        await Eventually.HoldsAsync(() => sink.Taken.Count == 2, "both are delivered");
        Assert.Equal((0, "0 discarded\n", ""), await RunAsync(receiver, "discard", "--all"));
        Assert.Equal((0, "", ""), await RunAsync(receiver, "list"));
    }

    [Fact]
    public async Task What_goes_wrong_is_told_with_an_exit_code()
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await ReceiverUnderTest.StartAsync(sink);

        var (code, output, error) = await RunAsync(receiver, "list");
        Assert.Equal((1, ""), (code, output));
        Assert.Contains("404 there is no spool", error, StringComparison.Ordinal);

        var (unreachable, _, why) = await RunAsync("list", "--management", "http://127.0.0.1:1");
        Assert.Equal(1, unreachable);
        Assert.StartsWith("messenger-receiver: http://127.0.0.1:1/: ", why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData("bury")]
    [InlineData("list", "--id", "1")]
    [InlineData("discard")]
    [InlineData("discard", "--id", "1", "--all")]
    [InlineData("redrive", "--id")]
    [InlineData("redrive", "--id", "first")]
    [InlineData("list", "--management", "ftp://127.0.0.1")]
    public async Task Wrong_usage_shows_the_right_one(params string[] arguments)
    {
        var (code, output, error) = await RunAsync(arguments);

        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith("Usage: messenger-receiver dead-letters", error, StringComparison.Ordinal);
    }

    private static Task<(int Code, string Output, string Error)> RunAsync(ReceiverUnderTest receiver, params string[] arguments) =>
        RunAsync([.. arguments, "--management", receiver.Management.BaseAddress!.AbsoluteUri]);

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        await using var output = new StringWriter(CultureInfo.InvariantCulture);
        await using var error = new StringWriter(CultureInfo.InvariantCulture);
        var code = await DeadLettersCommand.RunAsync(arguments, output, error);
        return (code, output.ToString(), error.ToString());
    }
}
