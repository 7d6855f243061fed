using System.Text;
using MessengerOperator.Receiver.IntegrationTests.Harness;
using MessengerOperator.Receiver.Sinks;

namespace MessengerOperator.Receiver.IntegrationTests.Http;

/// <summary>HTTP endpoints.</summary>
public sealed class HttpSinkTests(HttpServer server) : SinkContract, IClassFixture<HttpServer>
{
    private protected override ISinkServer Server => server;

    [Fact]
    public async Task Structured_mode_has_the_same_attributes_and_data_in_one_document()
    {
        await using var stand = new SinkStand();
        var place = $"events-{Guid.NewGuid():N}";
        var binary = Server.Sink(place).Http!;
        var cloudEvent = TestEvents.Awkward();

        Assert.Equal(SinkOutcome.Taken, (await stand.Open(new() { Http = binary }, Server.Files).DeliverAsync(cloudEvent)).Outcome);
        Assert.Equal(SinkOutcome.Taken, (await stand.Open(new() { Http = binary with { Structured = true } }, Server.Files).DeliverAsync(cloudEvent)).Outcome);

        var taken = await Server.TakenAsync(place);
        Assert.Equal(taken[0].Attributes.OrderBy(attribute => attribute.Key, StringComparer.Ordinal), taken[1].Attributes.OrderBy(attribute => attribute.Key, StringComparer.Ordinal));
        Assert.Equal("application/json", taken[1].ContentType);
        Assert.Equal(Encoding.UTF8.GetString(cloudEvent.Data), taken[1].Data);
    }

    [Fact]
    public async Task A_sink_that_asks_who_we_are_takes_nothing_from_who_cannot_show_it()
    {
        await using var stand = new SinkStand();
        var place = $"events-{Guid.NewGuid():N}";
        var known = Server.WithTls(place, "ca.pem").Sink!.Http!;

        var nobody = await stand.Open(new() { Http = known with { ClientCertificateFile = null, ClientKeyFile = null } }, Server.Files).DeliverAsync(TestEvents.Of("c", 1));
        var stranger = await stand.Open(new() { Http = known with { ClientCertificateFile = "stranger.pem", ClientKeyFile = "stranger.key" } }, Server.Files).DeliverAsync(TestEvents.Of("c", 2));

        Assert.Equal(SinkOutcome.Unreachable, nobody.Outcome);
        Assert.Equal(SinkOutcome.Unreachable, stranger.Outcome);
        Assert.Empty(await Server.TakenAsync(place));
    }
}
