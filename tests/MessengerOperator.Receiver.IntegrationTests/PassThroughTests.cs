using System.Net;
using System.Text.Json.Nodes;
using MessengerOperator.Receiver.IntegrationTests.Harness;
using MessengerOperator.Receiver.IntegrationTests.Redis;
using MessengerOperator.Receiver.Tests.Harness;

namespace MessengerOperator.Receiver.IntegrationTests;

/// <summary>A whole receiver without a spool before a broker: the broker's confirmation is what the provider's is made of.</summary>
public sealed class PassThroughTests(RedisServer server) : IClassFixture<RedisServer>
{
    private readonly ISinkServer _server = server;

    [Fact]
    public async Task Without_a_spool_an_event_is_acknowledged_when_the_broker_has_it_and_not_before()
    {
        var place = $"events-{Guid.NewGuid():N}";
        await using var unused = await TestSink.StartAsync();
        await using var receiver = await ReceiverUnderTest.StartAsync(unused, options => options.SinkTimeout = SinkStand.Limit, folder => Configure(folder, unused, place, "password"));

        using var taken = await receiver.PostAsync(ReceiverUnderTest.Update(1));
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        Assert.Single(await _server.TakenAsync(place));

        await _server.DownAsync();
        using (var refused = await receiver.PostAsync(ReceiverUnderTest.Update(2)))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        }

        await _server.UpAsync();
        await Eventually.HoldsAsync(
            async () =>
            {
                using var repeated = await receiver.PostAsync(ReceiverUnderTest.Update(2));
                return repeated.StatusCode == HttpStatusCode.OK;
            },
            "the provider's repeat is taken");
        Assert.Equal(2, (await _server.TakenAsync(place)).DistinctBy(taken => taken.Attributes["id"]).Count());
    }

    [Fact]
    public async Task A_password_that_changes_in_its_file_is_used_without_a_restart_and_shows_nowhere()
    {
        var place = $"events-{Guid.NewGuid():N}";
        await using var unused = await TestSink.StartAsync();
        await using var receiver = await ReceiverUnderTest.StartAsync(unused, options => options.SinkTimeout = SinkStand.Limit, folder => Configure(folder, unused, place, "wrong-password"));
        using (var refused = await receiver.PostAsync(ReceiverUnderTest.Update(1)))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        }

        ReceiverUnderTest.WriteKey(receiver.Folder, "sink-password", _server.Files["password"]);

        await Eventually.HoldsAsync(
            async () =>
            {
                using var repeated = await receiver.PostAsync(ReceiverUnderTest.Update(1));
                return repeated.StatusCode == HttpStatusCode.OK;
            },
            "the new password is used");
        var shown = receiver.Log + await receiver.MetricsAsync() + await receiver.StatusAsync();
        Assert.Contains("it refuses the credentials", shown, StringComparison.Ordinal);
        Assert.DoesNotContain(_server.Files["password"], shown, StringComparison.Ordinal);
        Assert.DoesNotContain(_server.Files["wrong-password"], shown, StringComparison.Ordinal);
    }

    private void Configure(string folder, TestSink unused, string place, string password)
    {
        ReceiverUnderTest.WriteKey(folder, "sink-user", _server.Files["user"]);
        ReceiverUnderTest.WriteKey(folder, "sink-password", _server.Files[password]);
        var route = ReceiverUnderTest.Route(unused);
        route["sink"] = new JsonObject
        {
            ["redis"] = new JsonObject
            {
                ["endpoints"] = new JsonArray(_server.Sink(place).Redis!.Endpoints[0]),
                ["stream"] = place,
                ["userNameFile"] = "sink-user",
                ["passwordFile"] = "sink-password",
            },
        };
        ReceiverUnderTest.WriteConfiguration(folder, route);
    }
}
