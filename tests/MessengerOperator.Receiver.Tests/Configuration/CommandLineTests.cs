using System.Collections;
using MessengerOperator.Receiver.Configuration;

namespace MessengerOperator.Receiver.Tests.Configuration;

public class CommandLineTests
{
    [Fact]
    public void Flags_are_read_in_both_forms()
    {
        var (options, problems) = Parse(["--config", "a.json", "--traffic-port=9090", "--sink-timeout", "1500ms", "--lameduck=0s"]);
        Assert.Empty(problems);
        Assert.Equal(("a.json", 9090, TimeSpan.FromSeconds(1.5), TimeSpan.Zero), (options.ConfigPath, options.TrafficPort, options.SinkTimeout, options.Lameduck));
    }

    [Fact]
    public void A_flag_wins_over_its_environment_variable()
    {
        var environment = new Hashtable { ["MESSENGER_RECEIVER_CONFIG"] = "env.json", ["MESSENGER_RECEIVER_TRAFFIC_PORT"] = "7070", ["MESSENGER_RECEIVER_LAMEDUCK"] = "2m" };
        var (options, problems) = CommandLine.Parse(["--traffic-port", "9090"], environment);
        Assert.Empty(problems);
        Assert.Equal(("env.json", 9090, TimeSpan.FromMinutes(2)), (options.ConfigPath, options.TrafficPort, options.Lameduck));
    }

    [Theory]
    [InlineData("--traffic-port=65536", "--traffic-port: '65536' is not a whole number from 0 to 65535")]
    [InlineData("--traffic-port=-1", "--traffic-port: '-1' is not")]
    [InlineData("--body-timeout=0s", "--body-timeout: '0s' is not a duration")]
    [InlineData("--body-timeout=5", "--body-timeout: '5' is not a duration")]
    [InlineData("--body-timeout=5h", "--body-timeout: '5h' is not a duration")]
    [InlineData("--body-timeout=61m", "--body-timeout: '61m' is not a duration")]
    [InlineData("--listen-address=nowhere", "--listen-address: 'nowhere' is not * or an IP address")]
    [InlineData("--log-level=Loud", "--log-level: 'Loud' is not a log level")]
    [InlineData("--colour=red", "--colour is not a flag")]
    [InlineData("--config", "--config needs a value")]
    public void A_wrong_flag_is_told(string flag, string problem)
    {
        var (_, problems) = Parse(["--config=a.json", flag]);
        Assert.Contains(problems, text => text.StartsWith(problem, StringComparison.Ordinal));
    }

    [Fact]
    public void The_configuration_is_required() => Assert.Equal(["--config PATH is required"], Parse([]).Problems);

    private static (ReceiverOptions Options, IReadOnlyList<string> Problems) Parse(string[] arguments) => CommandLine.Parse(arguments, new Hashtable());
}
