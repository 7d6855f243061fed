using System.Text.Json.Nodes;
using MessengerOperator.ProviderSimulator.Line;

namespace MessengerOperator.ProviderSimulator.Tests.Line;

/// <summary>LINE's API as a client meets it: who may call, what a token is, how to send.</summary>
public class LineApiTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("bWFkZSB1cA==")]
    public async Task Without_a_living_token_everything_is_401(string? token)
    {
        await using var simulation = await LineSimulation.StartAsync();
        foreach (var path in new[] { "/v2/bot/info", LineSimulation.EndpointPath, "/v2/bot/nowhere" })
        {
            var (status, body) = await simulation.GetAsync(path, token);
            Assert.Equal((401, "Authentication failed. Confirm that the access token in the authorization header is valid."), (status, (string?)body["message"]));
        }
    }

    [Fact]
    public async Task Bot_info_tells_the_account()
    {
        await using var simulation = await LineSimulation.StartAsync();
        await simulation.SetAsync("chatMode", "chat");
        var (status, body) = await simulation.GetAsync("/v2/bot/info");
        Assert.Equal(200, status);
        Assert.Equal($$"""{"userId":"{{LineSimulation.BotId}}","basicId":"@123abcde","displayName":"Acme Support","chatMode":"chat","markAsReadMode":"manual"}""", body.ToJsonString());
    }

    [Fact]
    public async Task Every_answer_has_a_request_id_of_its_own()
    {
        await using var simulation = await LineSimulation.StartAsync();
        await simulation.Control.SetFaultAsync(LineSimulation.BotId, "getWebhookEndpoint", LineFaults.InternalError);
        var ids = new HashSet<string>();
        foreach (var path in new[] { "/v2/bot/info", LineSimulation.EndpointPath, "/v2/bot/nowhere", "/oauth2/v2.1/verify" })
        {
            var (_, _, headers) = await simulation.SendAsync(HttpMethod.Get, path);
            Assert.True(ids.Add(headers.GetValues("x-line-request-id").Single()));
        }
    }

    [Fact]
    public async Task An_expired_or_replaced_token_is_dead_and_the_webhook_lives_on()
    {
        await using var simulation = await LineSimulation.StartRegisteredAsync(fakeClock: true);
        await simulation.SetAsync("tokenExpiresInSeconds", "60");
        Assert.Equal(200, (await simulation.GetAsync("/v2/bot/info")).Status);
        simulation.Clock!.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(401, (await simulation.GetAsync("/v2/bot/info")).Status);

        await simulation.Control.RevokeTokenAsync(LineSimulation.BotId, "bmV3IHRva2Vu");

        Assert.Equal(401, (await simulation.GetAsync("/v2/bot/info")).Status);
        Assert.Equal(200, (await simulation.GetAsync("/v2/bot/info", "bmV3IHRva2Vu")).Status);
        await simulation.Control.SendTextAsync(LineSimulation.BotId, "still here");
        await simulation.DeliveriesAsync("acknowledged:1");
    }

    [Theory]
    [InlineData("LongLived", true, false, 3_138_007_490)]
    [InlineData("ShortLived", true, false, 2_592_000)]
    [InlineData("V21", false, true, 2_592_000)]
    [InlineData("Stateless", false, false, 0)]
    public async Task Each_kind_of_token_has_its_verification(string kind, bool opaque, bool jwt, long expiresIn)
    {
        await using var simulation = await LineSimulation.StartAsync(fakeClock: true);
        await simulation.SetAsync("tokenKind", kind);

        var first = await simulation.PostFormAsync("/v2/oauth/verify", ("access_token", LineSimulation.Token));
        var second = await simulation.GetAsync($"/oauth2/v2.1/verify?access_token={Uri.EscapeDataString(LineSimulation.Token)}", token: null);

        Assert.Equal((opaque ? 200 : 400, jwt ? 200 : 400), (first.Status, second.Status));
        var known = opaque ? first.Body : second.Body;
        if (opaque || jwt)
        {
            Assert.Equal((LineSimulation.ChannelId, expiresIn), ((string?)known["client_id"], (long)known["expires_in"]!));
        }
        else
        {
            Assert.Equal("invalid_request", (string?)known["error"]);
        }
    }

    [Theory]
    [InlineData(LineSimulation.ChannelSecret, "client_credentials", 200, null)]
    [InlineData("00000000000000000000000000000000", "client_credentials", 400, "invalid_client")]
    [InlineData(LineSimulation.ChannelSecret, "password", 400, "unsupported_grant_type")]
    public async Task A_token_is_for_whoever_knows_the_secret(string secret, string grant, int status, string? error)
    {
        await using var simulation = await LineSimulation.StartAsync();
        var issued = await simulation.PostFormAsync("/oauth2/v3/token", ("grant_type", grant), ("client_id", LineSimulation.ChannelId), ("client_secret", secret));
        Assert.Equal((status, error), (issued.Status, (string?)issued.Body["error"]));
        if (status == 200)
        {
            Assert.Equal(200, (await simulation.GetAsync("/v2/bot/info", (string?)issued.Body["access_token"])).Status);
        }
    }

    [Fact]
    public async Task A_reply_token_works_once_and_for_a_minute()
    {
        await using var simulation = await LineSimulation.StartRegisteredAsync(fakeClock: true);
        var used = await ReplyTokenAsync(simulation);
        var old = await ReplyTokenAsync(simulation);

        Assert.Equal(200, (await ReplyAsync(simulation, used)).Status);
        Assert.Equal((400, "Invalid reply token"), Message(await ReplyAsync(simulation, used)));
        simulation.Clock!.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal((400, "Invalid reply token"), Message(await ReplyAsync(simulation, old)));
        Assert.Equal("We are on it", Assert.Single(await simulation.Control.GetSentMessagesAsync(LineSimulation.BotId)).Text);
    }

    [Fact]
    public async Task A_push_with_a_key_is_accepted_once()
    {
        await using var simulation = await LineSimulation.StartAsync();
        var push = Push("Uaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
        Assert.Equal(200, (await simulation.PostAsync("/v2/bot/message/push", push, Key)).Status);
        var (status, body) = await simulation.PostAsync("/v2/bot/message/push", Push("Uaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"), Key);
        Assert.Equal((409, 1), (status, body["sentMessages"]!.AsArray().Count));
        Assert.Single(await simulation.Control.GetSentMessagesAsync(LineSimulation.BotId));

        static void Key(System.Net.Http.Headers.HttpRequestHeaders headers) => headers.Add("X-Line-Retry-Key", "123e4567-e89b-12d3-a456-426614174000");
    }

    [Fact]
    public async Task When_the_month_is_used_up_pushes_are_429_and_replies_are_not()
    {
        await using var simulation = await LineSimulation.StartRegisteredAsync();
        await simulation.SetAsync("monthlyLimitReached", "true");
        Assert.Equal((429, "You have reached your monthly limit."), Message(await simulation.PostAsync("/v2/bot/message/push", Push("Uaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"))));
        Assert.Equal(200, (await ReplyAsync(simulation, await ReplyTokenAsync(simulation))).Status);
    }

    [Theory]
    [InlineData("""{"to":"nobody","messages":[{"type":"text","text":"a"}]}""")]
    [InlineData("""{"to":"Uaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","messages":[]}""")]
    [InlineData("""{"to":"Uaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","messages":[{"type":"text","text":""}]}""")]
    [InlineData("""{"to":"Uaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","messages":[{"text":"a"}]}""")]
    [InlineData("""{"to":"Uaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","messages":[1,2,3,4,5,6]}""")]
    public async Task A_message_that_cannot_be_is_refused(string push)
    {
        await using var simulation = await LineSimulation.StartAsync();
        Assert.Equal(400, (await simulation.PostAsync("/v2/bot/message/push", (JsonObject)JsonNode.Parse(push)!)).Status);
    }

    private static (int Status, string? Message) Message((int Status, JsonObject Body) answer) => (answer.Status, (string?)answer.Body["message"]);

    private static async Task<string> ReplyTokenAsync(LineSimulation simulation)
    {
        var accepted = await simulation.Control.SendTextAsync(LineSimulation.BotId, "hello");
        var report = await simulation.Control.GetDeliveriesAsync(LineSimulation.BotId);
        return (string)JsonNode.Parse(report.Deliveries.Single(delivery => delivery.Id == accepted.Id).Body)!["replyToken"]!;
    }

    private static Task<(int Status, JsonObject Body)> ReplyAsync(LineSimulation simulation, string replyToken)
    {
        var reply = Push("");
        reply.Remove("to");
        reply["replyToken"] = replyToken;
        return simulation.PostAsync("/v2/bot/message/reply", reply);
    }

    private static JsonObject Push(string to) => new()
    {
        ["to"] = to,
        ["messages"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = "We are on it" }),
    };
}
