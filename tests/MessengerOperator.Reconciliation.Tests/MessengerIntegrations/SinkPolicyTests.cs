using MessengerOperator.Reconciliation.MessengerIntegrations;
using MessengerOperator.Reconciliation.MessengerIntegrations.Sinks;

namespace MessengerOperator.Reconciliation.Tests.MessengerIntegrations;

public class SinkPolicyTests
{
    [Theory]
    [InlineData("https://agents.acme.example/events", true)]
    [InlineData("https://8.8.8.8/", true)]
    [InlineData("http://169.254.169.254/latest/meta-data", false)]
    [InlineData("http://127.0.0.1/", false)]
    [InlineData("http://0.0.0.0/", false)]
    [InlineData("http://10.1.2.3/", false)]
    [InlineData("http://172.31.0.1/", false)]
    [InlineData("http://172.32.0.1/", true)]
    [InlineData("http://192.168.0.1/", false)]
    [InlineData("http://100.64.0.1/", false)]
    [InlineData("http://[::1]/", false)]
    [InlineData("http://[::ffff:10.0.0.1]/", false)]
    [InlineData("http://[fd00::1]/", false)]
    [InlineData("http://[fe80::1]/", false)]
    [InlineData("http://localhost/", false)]
    [InlineData("http://inbox/", false)]
    [InlineData("http://inbox.other.svc/", false)]
    [InlineData("http://inbox.other.svc.cluster.local/", false)]
    [InlineData("http://2130706433/", false)]
    [InlineData("http://x.other.svc.cluster.local./", false)]
    [InlineData("http://kubernetes.default.svc./", false)]
    public void A_private_address_needs_the_platforms_consent(string url, bool allowed)
    {
        Assert.Equal(allowed, SinkPolicy.Allows(new Uri(url), new IntegrationOptions()));
        Assert.True(SinkPolicy.Allows(new Uri(url), new IntegrationOptions { AllowPrivateSinks = true }));
    }

    [Theory]
    [InlineData("https://agents.acme.example/", true)]
    [InlineData("https://a.b.acme.example/", true)]
    [InlineData("https://acme.example/", false)]
    [InlineData("https://evilacme.example/", false)]
    [InlineData("https://exact.test/", true)]
    [InlineData("https://other.test/", false)]
    public void With_a_list_only_listed_hosts_are_allowed(string url, bool allowed)
    {
        var options = new IntegrationOptions { AllowPrivateSinks = true };
        options.AllowedSinkHosts.AddRange(["*.acme.example", "exact.test"]);
        Assert.Equal(allowed, SinkPolicy.Allows(new Uri(url), options));
    }
}
