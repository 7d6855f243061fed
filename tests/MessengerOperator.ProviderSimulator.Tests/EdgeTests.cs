using System.Text;
using MessengerOperator.Edge;
using MessengerOperator.ProviderSimulator.Accounts;
using MessengerOperator.ProviderSimulator.Delivery;
using MessengerOperator.ProviderSimulator.Network;
using Microsoft.AspNetCore.Http;

namespace MessengerOperator.ProviderSimulator.Tests;

public class EdgeTests
{
    private const string Url = "https://hooks.acme.example:8443/contact-centre/acme-support";

    [Fact]
    public async Task A_delivery_over_tls_reaches_the_receiver_with_headers_and_bytes_untouched()
    {
        using var certificates = TestCertificates.Create(["hooks.acme.example"]);
        await using var receiver = await StubReceiver.StartAsync();
        await using var edge = await EdgeApp.StartAsync(new EdgeOptions { Certificate = certificates.Server });
        edge.Routes.Set("/contact-centre/acme-support", receiver.Uri.ToString());
        await using var simulation = await StartBehindAsync(edge);
        await simulation.Control.TrustAsync(certificates.AuthorityPem);
        await simulation.SetWebhookAsync(Url);

        await simulation.Control.SendTextAsync(Simulation.BotId, "Привіт");
        var report = await simulation.DeliveriesAsync("acknowledged:1");

        var request = Assert.Single(receiver.Received);
        Assert.Equal(report.Deliveries[0].Body, Encoding.ASCII.GetString(request.Body));
        Assert.Equal("/contact-centre/acme-support", request.Path);
        Assert.Equal([Simulation.Secret], request.Header("X-Telegram-Bot-Api-Secret-Token"));
        Assert.Equal(["hooks.acme.example"], request.Header("Host"));
        Assert.Equal(["gzip, deflate"], request.Header("Accept-Encoding"));
        Assert.DoesNotContain(request.Headers.Keys, name => name.StartsWith("X-Forwarded", StringComparison.OrdinalIgnoreCase) || name.Equals("traceparent", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_doubled_header_arrives_as_one_line_with_both_values()
    {
        using var certificates = TestCertificates.Create(["hooks.acme.example"]);
        await using var receiver = await StubReceiver.StartAsync();
        await using var edge = await EdgeApp.StartAsync(new EdgeOptions { Certificate = certificates.Server });
        edge.Routes.Set("/contact-centre/acme-support", receiver.Uri.ToString());
        await using var simulation = await StartBehindAsync(edge);
        await simulation.Control.TrustAsync(certificates.AuthorityPem);
        await simulation.SetWebhookAsync(Url);

        await simulation.Control.SendMessageAsync(Simulation.BotId, new CustomerMessage { Secret = SecretHeader.Doubled });

        Assert.Equal([$"{Simulation.Secret}, {Simulation.Secret}"], Assert.Single(receiver.Received).Header("X-Telegram-Bot-Api-Secret-Token"));
    }

    [Theory]
    [InlineData(false, "hooks.acme.example")]
    [InlineData(true, "other.acme.example")]
    public async Task An_untrusted_or_foreign_certificate_registers_and_fails_each_delivery(bool trusted, string host)
    {
        using var certificates = TestCertificates.Create([host]);
        await using var edge = await EdgeApp.StartAsync(new EdgeOptions { Certificate = certificates.Server });
        await using var simulation = await StartBehindAsync(edge);
        if (trusted)
        {
            await simulation.Control.TrustAsync(certificates.AuthorityPem);
        }

        Assert.Equal(200, (await simulation.SetWebhookAsync(Url)).Status);
        await simulation.Control.SendTextAsync(Simulation.BotId, "hello");
        await simulation.DeliveriesAsync("failedAttempts:1");

        Assert.StartsWith("SSL error {", (string?)(await simulation.WebhookInfoAsync())["last_error_message"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/a", 200, "short")]
    [InlineData("/a/b", 200, "long")]
    [InlineData("/a/b/c", 200, "long")]
    [InlineData("/a/x", 200, "short")]
    [InlineData("/ab", 404, null)]
    [InlineData("/", 404, null)]
    public async Task The_longest_route_wins_and_other_paths_are_404(string path, int status, string? expected)
    {
        await using var shorter = await StubReceiver.StartAsync();
        await using var longer = await StubReceiver.StartAsync();
        await using var edge = await EdgeApp.StartAsync(new EdgeOptions { Urls = ["http://127.0.0.1:0"] });
        edge.Routes.Replace([new EdgeRoute("/a", shorter.Uri.ToString()), new EdgeRoute("/a/b", longer.Uri.ToString())]);
        using var http = new HttpClient { BaseAddress = edge.Uris[0] };
        using var response = await http.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(expected == "short" ? 1 : 0, shorter.Received.Length);
        Assert.Equal(expected == "long" ? 1 : 0, longer.Received.Length);
    }

    [Fact]
    public async Task Answers_flow_while_the_upstream_still_writes()
    {
        await using var receiver = await StubReceiver.StartAsync();
        var gate = new TaskCompletionSource();
        receiver.Answer = async (context, _) =>
        {
            await context.Response.WriteAsync("first");
            await context.Response.Body.FlushAsync();
            await gate.Task;
            await context.Response.WriteAsync("second");
        };
        await using var edge = await EdgeApp.StartAsync(new EdgeOptions { Urls = ["http://127.0.0.1:0"] });
        edge.Routes.Set("/", receiver.Uri.ToString());
        using var http = new HttpClient();
        using var response = await http.GetAsync(edge.Uris[0], HttpCompletionOption.ResponseHeadersRead);
        await using var body = await response.Content.ReadAsStreamAsync();
        var first = new byte[5];
        await body.ReadExactlyAsync(first);

        Assert.Equal("first", Encoding.ASCII.GetString(first));
        gate.SetResult();
        using var rest = new StreamReader(body);
        Assert.Equal("second", await rest.ReadToEndAsync());
    }

    [Fact]
    public async Task A_dead_upstream_is_502()
    {
        await using var edge = await EdgeApp.StartAsync(new EdgeOptions { Urls = ["http://127.0.0.1:0"] });
        edge.Routes.Set("/", "http://127.0.0.1:1");
        using var http = new HttpClient();
        using var response = await http.GetAsync(edge.Uris[0]);

        Assert.Equal(502, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("[{\"path\":\"a\",\"upstream\":\"http://10.0.0.1\"}]")]
    [InlineData("[{\"path\":\"/a\",\"upstream\":\"10.0.0.1\"}]")]
    [InlineData("[{\"path\":\"/a\"}]")]
    [InlineData("nonsense")]
    public void Routes_that_do_not_read_leave_the_old_ones(string json)
    {
        var routes = new RouteTable();
        routes.Set("/kept", "http://10.0.0.1");

        Assert.Throws<FormatException>(() => routes.Load(json));
        Assert.Equal("http://10.0.0.1", routes.Find("/kept"));
    }

    private static Task<Simulation> StartBehindAsync(EdgeApp edge) => Simulation.StartAsync(options: new SimulatorOptions
    {
        Resolve = [NameOverride.Parse($"hooks.acme.example=198.51.100.7@127.0.0.1:{edge.Uris[0].Port}")],
        TimeScale = 0.01,
    });
}
