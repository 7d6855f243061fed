using System.Net;
using System.Text.Json.Nodes;
using MessengerOperator.Providers;
using MessengerOperator.Receiver.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace MessengerOperator.Receiver.Tests.Intake;

/// <summary>Pages of one app behind one path, each with a verify token of its own.</summary>
public class HandshakeTests
{
    private const int Pages = 200;
    private const string Path = "/shared/app";

    [Fact]
    public async Task The_pages_of_one_app_cost_one_signature_whatever_their_verify_tokens()
    {
        await using var sink = await TestSink.StartAsync();
        var provider = new SampleProvider();
        await using var receiver = await StartAsync(sink, provider);

        Assert.Equal(HttpStatusCode.OK, await PostAsync(receiver, "app", "page-1", "page-117"));

        Assert.Equal(1, provider.Verifications);
        Assert.Equal(["/namespaces/n/messengerintegrations/1", "/namespaces/n/messengerintegrations/117"], sink.Taken.Select(taken => taken.Headers["ce-source"]));
    }

    [Fact]
    public async Task A_challenge_is_answered_for_each_verify_token_and_noted_for_its_integration_alone()
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await StartAsync(sink, new SampleProvider());

        Assert.Equal((HttpStatusCode.OK, "4711"), await ChallengeAsync(receiver, "verify-117"));

        var routes = (await receiver.StatusAsync())["routes"]!.AsArray();
        var seen = Assert.Single(routes, route => route!["lastHandshakeAt"] is not null)!;
        Assert.Equal("n/117", seen["integration"]!.GetValue<string>());
        Assert.Null(seen["lastEventAt"]);
    }

    [Theory]
    [InlineData("verify-0")]
    [InlineData("app")]
    public async Task A_challenge_that_knows_no_verify_token_is_refused_and_counted(string token)
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await StartAsync(sink, new SampleProvider());

        Assert.Equal((HttpStatusCode.Forbidden, ""), await ChallengeAsync(receiver, token));

        Assert.DoesNotContain("lastHandshakeAt", (await receiver.StatusAsync()).ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("messenger_receiver_refused_total{provider=\"Sample\",reason=\"wrong_signature\"} 1", await receiver.MetricsAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_genuine_request_without_any_event_counts_as_a_check_and_not_as_an_event()
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await StartAsync(sink, new SampleProvider());

        Assert.Equal(HttpStatusCode.OK, await PostAsync(receiver, "app"));

        var routes = (await receiver.StatusAsync())["routes"]!.AsArray();
        Assert.All(routes, route => Assert.NotNull(route!["lastHandshakeAt"]));
        Assert.All(routes, route => Assert.Null(route!["lastEventAt"]));
        Assert.Empty(sink.Taken);
    }

    [Fact]
    public async Task Without_its_verify_token_a_page_still_takes_events_and_says_what_is_missing()
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await StartAsync(sink, new SampleProvider(), folder => File.Delete(System.IO.Path.Combine(folder, "verify-5")));

        Assert.Equal(HttpStatusCode.OK, await PostAsync(receiver, "app", "page-5"));

        Assert.Equal("/namespaces/n/messengerintegrations/5", Assert.Single(sink.Taken).Headers["ce-source"]);
        Assert.Contains("n/5: key verifyToken: no value in verify-5", (await receiver.ReadinessAsync()).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await ChallengeAsync(receiver, "verify-5")).Status);
    }

    private static async Task<(HttpStatusCode Status, string Text)> ChallengeAsync(ReceiverUnderTest receiver, string token)
    {
        using var response = await receiver.Traffic.GetAsync($"{Path}?token={token}&challenge=4711", TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static async Task<HttpStatusCode> PostAsync(ReceiverUnderTest receiver, string key, params string[] accounts)
    {
        var body = new JsonArray([.. accounts.Select((account, index) => new JsonObject { ["id"] = $"{index}", ["account"] = account, ["user"] = "u1" })]).ToJsonString();
        var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = new StringContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add(SampleProvider.SignatureHeader, SampleProvider.Sign(key, body));
        using var response = await receiver.SendAsync(request);
        return response.StatusCode;
    }

    private static Task<ReceiverUnderTest> StartAsync(TestSink sink, SampleProvider provider, Action<string>? prepare = null) => ReceiverUnderTest.StartAsync(
        sink,
        prepare: folder =>
        {
            ReceiverUnderTest.WriteKey(folder, "app", "app");
            ReceiverUnderTest.WriteConfiguration(folder, [.. Enumerable.Range(1, Pages).Select(page =>
            {
                ReceiverUnderTest.WriteKey(folder, $"verify-{page}", $"verify-{page}");
                var route = ReceiverUnderTest.Route(sink, $"n/{page}", Path);
                route["provider"] = "Sample";
                route["accountId"] = $"page-{page}";
                route["settings"] = new JsonObject { ["pageId"] = $"page-{page}" };
                route["keys"] = new JsonObject { ["appSecret"] = new JsonArray("app"), ["verifyToken"] = new JsonArray($"verify-{page}") };
                return route;
            })]);
            prepare?.Invoke(folder);
        },
        configure: services => services.AddSingleton<IProvider>(provider));
}
