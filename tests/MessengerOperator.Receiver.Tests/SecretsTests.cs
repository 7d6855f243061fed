using System.Net;
using System.Text.Json.Nodes;
using MessengerOperator.Receiver.Tests.Harness;

namespace MessengerOperator.Receiver.Tests;

/// <summary>Planted secrets and a customer's words show up nowhere but where they belong.</summary>
public class SecretsTests
{
    private const string Text = "planted-words-of-a-customer";
    private const string PathSecret = "planted-path-token";
    private static readonly string[] Planted = [ReceiverUnderTest.Secret, "planted-probe-key", "planted-bearer", "planted-header", "planted-forgery", Text, PathSecret];

    [Fact]
    public async Task Nothing_planted_is_in_logs_status_metrics_or_readiness()
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await ReceiverUnderTest.StartAsync(sink, prepare: folder =>
        {
            ReceiverUnderTest.WriteKey(folder, "probe-key", "planted-probe-key");
            ReceiverUnderTest.WriteKey(folder, "bearer", "planted-bearer");
            ReceiverUnderTest.WriteKey(folder, "header", "planted-header");
            var route = ReceiverUnderTest.Route(sink, path: "/" + PathSecret);
            route["sink"]!["http"]!["bearerTokenFile"] = "bearer";
            route["sink"]!["http"]!["headerFiles"] = new JsonObject { ["X-Api-Key"] = "header" };
            ReceiverUnderTest.WriteConfiguration(folder, route);
        });

        await PostAsync(receiver, ReceiverUnderTest.Secret, HttpStatusCode.OK);
        await PostAsync(receiver, "planted-forgery", HttpStatusCode.Forbidden);
        sink.Behaviour = TestSink.Answer(500);
        await PostAsync(receiver, ReceiverUnderTest.Secret, HttpStatusCode.ServiceUnavailable);
        using var malformed = await receiver.PostAsync(Text, path: "/" + PathSecret);
        ReceiverUnderTest.Write(receiver.Folder, "receiver.json", "{");
        ReceiverUnderTest.WriteKey(receiver.Folder, "header", "planted-header\u0001");
        await Eventually.HoldsAsync(async () => !(bool)(await receiver.StatusAsync())["routes"]![0]!["ready"]!, "the broken header value is seen");

        var shown = string.Join('\n', receiver.Log, await receiver.StatusAsync(), await receiver.MetricsAsync(), (await receiver.ReadinessAsync()).Text);
        Assert.Contains("SinkFailing", shown, StringComparison.Ordinal);
        Assert.All(Planted, secret => Assert.DoesNotContain(secret, shown, StringComparison.Ordinal));
    }

    private static async Task PostAsync(ReceiverUnderTest receiver, string token, HttpStatusCode expected)
    {
        using var response = await receiver.PostAsync(ReceiverUnderTest.Update(text: Text), token, "/" + PathSecret);
        Assert.Equal(expected, response.StatusCode);
        Assert.DoesNotContain(ReceiverUnderTest.Secret, response.ToString(), StringComparison.Ordinal);
    }
}
