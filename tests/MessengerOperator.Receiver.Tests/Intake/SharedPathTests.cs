using System.Net;
using System.Text.Json.Nodes;
using MessengerOperator.Providers;
using MessengerOperator.Receiver.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace MessengerOperator.Receiver.Tests.Intake;

/// <summary>Several accounts behind one path, as the pages of one Facebook app are.</summary>
public class SharedPathTests
{
    private const string Path = "/shared/app";

    [Fact]
    public async Task Each_event_goes_to_the_integration_of_its_account_in_order()
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await StartAsync(sink);

        Assert.Equal(HttpStatusCode.OK, await PostAsync(receiver, "app-1", Event("1", "page-a"), Event("2", "page-b"), Event("3", "page-a")));

        Assert.Equal(
            [("1", "/namespaces/n/messengerintegrations/a"), ("2", "/namespaces/n/messengerintegrations/b"), ("3", "/namespaces/n/messengerintegrations/a")],
            sink.Taken.Select(taken => (taken.Headers["ce-id"], taken.Headers["ce-source"])));
    }

    [Fact]
    public async Task An_event_for_an_account_whose_key_did_not_sign_it_is_dropped_and_counted()
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await StartAsync(sink);

        Assert.Equal(HttpStatusCode.OK, await PostAsync(receiver, "app-2", Event("1", "page-a"), Event("2", "page-c"), Event("3", "page-unknown")));

        Assert.Equal("2", Assert.Single(sink.Taken).Headers["ce-id"]);
        Assert.Contains("messenger_receiver_events_unrouted_total{provider=\"Sample\"} 2", await receiver.MetricsAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_the_sink_stops_in_the_middle_the_whole_request_is_repeated()
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await StartAsync(sink);
        sink.Behaviour = context => context.Request.Headers["ce-id"] == "2" ? TestSink.Answer(500)(context) : TestSink.Take(context);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await PostAsync(receiver, "app-1", Event("1", "page-a"), Event("2", "page-a"), Event("3", "page-a")));
        Assert.Equal(["1"], sink.Taken.Select(taken => taken.Headers["ce-id"]));

        sink.Behaviour = TestSink.Take;
        Assert.Equal(HttpStatusCode.OK, await PostAsync(receiver, "app-1", Event("1", "page-a"), Event("2", "page-a"), Event("3", "page-a")));
        Assert.Equal(["1", "1", "2", "3"], sink.Taken.Select(taken => taken.Headers["ce-id"]));
    }

    [Fact]
    public async Task A_request_without_events_is_acknowledged()
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await StartAsync(sink);

        Assert.Equal(HttpStatusCode.OK, await PostAsync(receiver, "app-1"));
        Assert.Empty(sink.Taken);
    }

    [Theory]
    [InlineData("app-1", HttpStatusCode.OK, "4711")]
    [InlineData("app-2", HttpStatusCode.OK, "4711")]
    [InlineData("app-3", HttpStatusCode.Forbidden, "")]
    public async Task A_challenge_is_answered_for_any_of_the_keys(string token, HttpStatusCode status, string text)
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await StartAsync(sink);

        using var response = await receiver.Traffic.GetAsync($"{Path}?token={token}&challenge=4711", TestContext.Current.CancellationToken);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(text, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_challenge_that_cannot_be_answered_is_a_bad_request()
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await StartAsync(sink);

        using var response = await receiver.Traffic.GetAsync($"{Path}?token=app-1", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static JsonObject Event(string id, string account) => new() { ["id"] = id, ["account"] = account, ["user"] = "u1" };

    private static async Task<HttpStatusCode> PostAsync(ReceiverUnderTest receiver, string key, params JsonObject[] events)
    {
        var body = new JsonArray([.. events]).ToJsonString();
        var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = new StringContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add(SampleProvider.SignatureHeader, SampleProvider.Sign(key, body));
        using var response = await receiver.SendAsync(request);
        return response.StatusCode;
    }

    private static Task<ReceiverUnderTest> StartAsync(TestSink sink) => ReceiverUnderTest.StartAsync(
        sink,
        prepare: folder =>
        {
            ReceiverUnderTest.WriteKey(folder, "key-1", "app-1");
            ReceiverUnderTest.WriteKey(folder, "key-2", "app-2");
            ReceiverUnderTest.WriteConfiguration(folder, Route("a", "key-1"), Route("b", "key-1"), Route("c", "key-2"));

            JsonObject Route(string name, string key)
            {
                var route = ReceiverUnderTest.Route(sink, $"n/{name}", Path);
                route["provider"] = "Sample";
                route["accountId"] = $"page-{name}";
                route["keys"] = new JsonObject { ["appSecret"] = new JsonArray(key) };
                return route;
            }
        },
        configure: services => services.AddSingleton<IProvider, SampleProvider>());
}
