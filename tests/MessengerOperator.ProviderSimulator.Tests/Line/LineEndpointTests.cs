using System.Text.Json.Nodes;
using MessengerOperator.ProviderSimulator.Accounts;

namespace MessengerOperator.ProviderSimulator.Tests.Line;

/// <summary>The webhook endpoint of a channel: set, read, tested, emptied.</summary>
public class LineEndpointTests
{
    [Fact]
    public async Task Nothing_is_there_until_it_is_set_and_nobody_is_called_when_it_is()
    {
        await using var simulation = await LineSimulation.StartAsync();
        Assert.Equal(404, (await simulation.GetAsync(LineSimulation.EndpointPath)).Status);

        var (status, body) = await simulation.PutEndpointAsync(simulation.Receiver.HookUrl);

        Assert.Equal((200, "{}"), (status, body.ToJsonString()));
        Assert.Equal($$"""{"endpoint":"{{simulation.Receiver.HookUrl}}","active":true}""", (await simulation.GetAsync(LineSimulation.EndpointPath)).Body.ToJsonString());
        Assert.Empty(simulation.Receiver.Received);
    }

    [Theory]
    [InlineData("http://hooks.acme.example/line")]
    [InlineData("hooks.acme.example/line")]
    [InlineData("ftp://hooks.acme.example/line")]
    [InlineData("https://")]
    [InlineData("https://hooks.acme.example/a b")]
    public async Task Only_https_is_taken(string endpoint)
    {
        await using var simulation = await LineSimulation.StartAsync(localMode: false);
        var (status, body) = await simulation.PutEndpointAsync(endpoint);
        Assert.Equal((400, "endpoint"), (status, (string?)body["details"]![0]!["property"]));
    }

    [Theory]
    [InlineData(500, 200)]
    [InlineData(501, 400)]
    public async Task Five_hundred_characters_are_taken_and_no_more(int length, int status)
    {
        await using var simulation = await LineSimulation.StartAsync(localMode: false);
        const string Start = "https://hooks.acme.example/";
        Assert.Equal(status, (await simulation.PutEndpointAsync(Start + new string('a', length - Start.Length))).Status);
    }

    [Fact]
    public async Task A_body_that_is_no_json_or_no_endpoint_is_refused()
    {
        await using var simulation = await LineSimulation.StartAsync();
        using var cut = new StringContent("{\"endpoint\":", System.Text.Encoding.UTF8, "application/json");
        using var form = new FormUrlEncodedContent([new("endpoint", "https://hooks.acme.example")]);
        using var empty = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
        Assert.Equal(400, (await simulation.SendAsync(HttpMethod.Put, LineSimulation.EndpointPath, cut)).Status);
        Assert.Equal(415, (await simulation.SendAsync(HttpMethod.Put, LineSimulation.EndpointPath, form)).Status);
        Assert.Equal(400, (await simulation.SendAsync(HttpMethod.Put, LineSimulation.EndpointPath, empty)).Status);
    }

    [Fact]
    public async Task The_switch_of_the_console_is_shown_and_no_call_turns_it()
    {
        await using var simulation = await LineSimulation.StartAsync();
        await simulation.SetAsync("active", "false");
        using var body = new StringContent($$"""{"endpoint":"{{simulation.Receiver.HookUrl}}","active":true}""", System.Text.Encoding.UTF8, "application/json");
        Assert.Equal(200, (await simulation.SendAsync(HttpMethod.Put, LineSimulation.EndpointPath, body)).Status);
        Assert.False((bool)(await simulation.GetAsync(LineSimulation.EndpointPath)).Body["active"]!);
    }

    [Theory]
    [InlineData("true", 200, false)]
    [InlineData("false", 400, true)]
    public async Task An_empty_endpoint_clears_it_or_is_refused_as_told(string accepts, int status, bool stays)
    {
        await using var simulation = await LineSimulation.StartRegisteredAsync();
        await simulation.SetAsync("acceptsEmptyEndpoint", accepts);
        Assert.Equal(status, (await simulation.PutEndpointAsync("")).Status);
        Assert.Equal(stays ? 200 : 404, (await simulation.GetAsync(LineSimulation.EndpointPath)).Status);
    }

    [Fact]
    public async Task The_test_call_is_vector_L0_and_works_while_the_webhook_is_off()
    {
        await using var simulation = await LineSimulation.StartRegisteredAsync();
        await simulation.SetAsync("active", "false");

        var (status, body) = await TestAsync(simulation, null);

        Assert.Equal((200, true, 200, "OK", "200"), (status, (bool)body["success"]!, (int)body["statusCode"]!, (string?)body["reason"], (string?)body["detail"]));
        var received = Assert.Single(simulation.Receiver.Received);
        Assert.Equal("""{"destination":"U0123456789abcdef0123456789abcdef","events":[]}""", received.Text);
        Assert.Equal(["wxGfW2qVNZyrn98PBeZ6TuE+UqooydpTt+X9T1qD5Tg="], received.Header("X-Line-Signature"));
        Assert.Equal(["application/json; charset=utf-8"], received.Header("Content-Type"));
        Assert.Equal("POST", received.Method);
    }

    [Theory]
    [InlineData(500, "ERROR_STATUS_CODE")]
    [InlineData(401, "ERROR_STATUS_CODE")]
    [InlineData(302, "ERROR_STATUS_CODE")]
    public async Task A_status_other_than_success_is_reported(int answer, string reason)
    {
        await using var simulation = await LineSimulation.StartAsync();
        simulation.Receiver.AnswerWith(answer, "Location", "https://elsewhere.example.invalid");
        var (status, body) = await TestAsync(simulation, simulation.Receiver.HookUrl);
        Assert.Equal((200, false, answer, reason), (status, (bool)body["success"]!, (int)body["statusCode"]!, (string?)body["reason"]));
    }

    [Fact]
    public async Task Two_seconds_of_silence_are_a_timeout()
    {
        await using var simulation = await LineSimulation.StartAsync();
        simulation.Receiver.Answer = (context, _) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        var started = TimeProvider.System.GetTimestamp();
        var (_, body) = await TestAsync(simulation, simulation.Receiver.HookUrl);
        Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.FromSeconds(1.9), TimeSpan.FromSeconds(10));
        Assert.Equal((false, 0, "REQUEST_TIMEOUT"), ((bool)body["success"]!, (int)body["statusCode"]!, (string?)body["reason"]));
    }

    [Theory]
    [InlineData("http://127.0.0.1:9/hook", true)]
    [InlineData("https://no-such-host.invalid/hook", false)]
    [InlineData("https://10.0.0.1/hook", false)]
    public async Task Where_nobody_is_it_could_not_connect(string endpoint, bool localMode)
    {
        await using var simulation = await LineSimulation.StartAsync(localMode: localMode);
        Assert.Equal("COULD_NOT_CONNECT", (string?)(await TestAsync(simulation, endpoint)).Body["reason"]);
    }

    [Fact]
    public async Task Without_an_endpoint_there_is_nothing_to_test()
    {
        await using var simulation = await LineSimulation.StartAsync();
        Assert.Equal(404, (await TestAsync(simulation, null)).Status);
    }

    [Fact]
    public async Task The_sixty_first_test_of_a_minute_is_one_too_many()
    {
        await using var simulation = await LineSimulation.StartAsync(fakeClock: true);
        for (var call = 0; call < 60; call++)
        {
            Assert.Equal(404, (await TestAsync(simulation, null)).Status);
        }

        Assert.Equal(429, (await TestAsync(simulation, null)).Status);
        simulation.Clock!.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(404, (await TestAsync(simulation, null)).Status);
    }

    [Fact]
    public async Task A_change_may_take_a_minute_to_take_effect_and_is_shown_at_once()
    {
        await using var simulation = await LineSimulation.StartRegisteredAsync(fakeClock: true);
        await using var next = await StubReceiver.StartAsync();
        await simulation.SetAsync("endpointDelaySeconds", "60");
        await simulation.PutEndpointAsync(next.HookUrl);
        Assert.Equal(next.HookUrl, (string?)(await simulation.GetAsync(LineSimulation.EndpointPath)).Body["endpoint"]);

        await simulation.Control.SendTextAsync(LineSimulation.BotId, "to the former");
        await simulation.DeliveriesAsync("acknowledged:1");
        simulation.Clock!.Advance(TimeSpan.FromSeconds(61));
        await simulation.Control.SendTextAsync(LineSimulation.BotId, "to the new one");
        await simulation.DeliveriesAsync("acknowledged:2");

        Assert.Equal((1, 1), (simulation.Receiver.Received.Length, next.Received.Length));
    }

    [Fact]
    public async Task Who_set_it_is_on_record()
    {
        await using var simulation = await LineSimulation.StartRegisteredAsync();
        await simulation.Control.OverwriteWebhookAsync(LineSimulation.BotId, new WebhookChange { Url = "https://elsewhere.example.invalid/hook" });
        await simulation.Control.RemoveWebhookAsync(LineSimulation.BotId);
        var report = await simulation.Control.GetRegistrationsAsync(LineSimulation.BotId);
        Assert.Null(report.Current);
        Assert.Equal(
            [(RegistrationActor.Client, RegistrationChange.Set), (RegistrationActor.SomebodyElse, RegistrationChange.Set), (RegistrationActor.SomebodyElse, RegistrationChange.Removed)],
            report.History.Select(entry => (entry.Actor, entry.Change)));
    }

    private static Task<(int Status, JsonObject Body)> TestAsync(LineSimulation simulation, string? endpoint) =>
        simulation.PostAsync("/v2/bot/channel/webhook/test", endpoint is null ? null : new JsonObject { ["endpoint"] = endpoint });
}
