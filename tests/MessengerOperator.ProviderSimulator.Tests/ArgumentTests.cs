using MessengerOperator.ProviderSimulator.Network;

namespace MessengerOperator.ProviderSimulator.Tests;

public class ArgumentTests
{
    [Fact]
    public void The_command_line_goes_before_the_environment_and_that_before_the_defaults()
    {
        var options = SimulatorArguments.Parse(
            ["--provider-url", "http://0.0.0.0:1", "--time-scale=0.5", "--resolve", "a=192.0.2.1", "--resolve", "b=192.0.2.2,2001:db8::2@127.0.0.1:8443"],
            name => name switch
            {
                "SIMULATOR_PROVIDER_URL" => "http://ignored",
                "SIMULATOR_TRUSTED_CA" => "/ca.crt",
                _ => null,
            });

        Assert.Equal("http://0.0.0.0:1", options.ProviderUrl);
        Assert.Equal("http://127.0.0.1:8091", options.ControlUrl);
        Assert.Equal(0.5, options.TimeScale);
        Assert.Equal("/ca.crt", options.TrustedCaFile);
        Assert.Equal(["a", "b"], options.Resolve.Select(entry => entry.Host));
        Assert.Equal(["192.0.2.2", "2001:db8::2"], options.Resolve[1].Addresses);
        Assert.Equal("127.0.0.1:8443", options.Resolve[1].ConnectTo);
    }

    [Theory]
    [InlineData("--nonsense", "1")]
    [InlineData("--time-scale", "0")]
    [InlineData("--time-scale", "fast")]
    [InlineData("--resolve", "hooks.acme.example")]
    [InlineData("--resolve", "a=not-an-address")]
    [InlineData("--resolve", "a=192.0.2.1@somewhere")]
    [InlineData("--malformed-token", "500")]
    [InlineData("--provider-url", null)]
    public void Options_that_make_no_sense_are_refused(string name, string? value) =>
        Assert.Throws<FormatException>(() => SimulatorArguments.Parse(value is null ? [name] : [name, value], _ => null));

    [Theory]
    [InlineData("10.1.2.3", true)]
    [InlineData("100.64.0.1", true)]
    [InlineData("169.254.169.254", true)]
    [InlineData("172.31.255.255", true)]
    [InlineData("192.168.1.1", true)]
    [InlineData("255.255.255.255", true)]
    [InlineData("172.32.0.1", false)]
    [InlineData("198.51.100.7", false)]
    [InlineData("149.154.167.220", false)]
    public void Private_ranges_are_reserved_and_documentation_ranges_count_as_public(string address, bool reserved) =>
        Assert.Equal(reserved, ReservedAddresses.Contains(System.Net.IPAddress.Parse(address)));
}
