using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using MessengerOperator.ProviderSimulator.Accounts;
using Microsoft.AspNetCore.Http;
using static MessengerOperator.ProviderSimulator.Tests.Facebook.FacebookSimulation;

namespace MessengerOperator.ProviderSimulator.Tests.Facebook;

/// <summary>The Graph API: who may ask what, and what is refused how.</summary>
public class FacebookApiTests
{
    [Fact]
    public async Task A_page_tells_the_fields_that_are_asked_for()
    {
        await using var simulation = await StartAsync();

        var (status, page) = await simulation.GetAsync("me?fields=id,name,username,category", Token);

        Assert.Equal(200, status);
        Assert.Equal((PageId, "Acme Support", "acmesupport"), ((string?)page["id"], (string?)page["name"], (string?)page["username"]));
        Assert.Equal((100, 0), Codes(await simulation.GetAsync("me?fields=id,shoe_size", Token)));
    }

    [Fact]
    public async Task A_person_has_no_category()
    {
        await using var simulation = await StartAsync();
        await simulation.SetAsync("tokenType", "USER");

        Assert.Contains("node type (User)", ErrorOf(await simulation.GetAsync("me?fields=id,name,username,category", Token)).Message, StringComparison.Ordinal);
        Assert.NotEqual(PageId, (string?)(await simulation.GetAsync("me?fields=id,name", Token)).Body["id"]);
    }

    [Fact]
    public async Task A_page_without_a_vanity_name_leaves_it_out()
    {
        await using var simulation = await StartAsync();
        await simulation.SetAsync("hasUsername", "false");

        Assert.False((await simulation.GetAsync("me?fields=id,username", Token)).Body.ContainsKey("username"));
    }

    [Fact]
    public async Task A_token_travels_in_the_header_or_as_a_parameter()
    {
        await using var simulation = await StartAsync();

        Assert.Equal(200, (await simulation.GetAsync($"me?access_token={Token}", token: null)).Status);
        Assert.Equal(200, (await simulation.GetAsync($"debug_token?input_token={Token}&access_token={Uri.EscapeDataString(AppToken)}", token: null)).Status);
        Assert.Equal((104, 0), Codes(await simulation.GetAsync("me", token: null)));
    }

    [Theory]
    [InlineData("EAAnobody", 190)]
    [InlineData("220000000000009|0f1e2d3c4b5a69788796a5b4c3d2e1f0", 101)]
    [InlineData(AppId + "|ffffffffffffffffffffffffffffffff", 190)]
    [InlineData(AppToken, 2500)]
    public async Task Unknown_callers_are_refused_by_code(string token, int code)
    {
        await using var simulation = await StartAsync();

        Assert.Equal((code, 0), Codes(await simulation.GetAsync("me", token)));
    }

    [Theory]
    [InlineData("458")]
    [InlineData("460")]
    [InlineData("463")]
    public async Task A_dead_token_is_190_with_a_subcode_and_is_inspected_with_200(string subcode)
    {
        await using var simulation = await StartAsync();
        await simulation.SetAsync("tokenError", subcode);

        Assert.Equal((190, int.Parse(subcode, System.Globalization.CultureInfo.InvariantCulture)), Codes(await simulation.GetAsync("me", Token)));
        var (status, inspection) = await simulation.GetAsync($"debug_token?input_token={Token}", AppToken);
        Assert.Equal(200, status);
        Assert.False((bool)inspection["data"]!["is_valid"]!);
        Assert.Equal(subcode, inspection["data"]!["error"]!["subcode"]!.ToString());
    }

    [Fact]
    public async Task A_token_runs_out()
    {
        await using var simulation = await StartAsync();
        await simulation.SetAsync("expiresAt", "1789000001");

        Assert.Equal((190, 463), Codes(await simulation.GetAsync("me", Token)));
    }

    [Fact]
    public async Task A_token_is_inspected_by_its_app_only()
    {
        await using var simulation = await StartAsync();

        var data = (await simulation.GetAsync($"debug_token?input_token={Token}", AppToken)).Body["data"]!;

        Assert.Equal((AppId, "PAGE", PageId), ((string?)data["app_id"], (string?)data["type"], (string?)data["profile_id"]));
        Assert.Equal(["pages_show_list", "pages_messaging", "pages_manage_metadata"], data["scopes"]!.AsArray().Select(scope => (string?)scope));
        Assert.Equal((100, 0), Codes(await simulation.GetAsync($"debug_token?input_token={Token}", Token)));
        Assert.Equal((100, 0), Codes(await simulation.GetAsync("debug_token", AppToken)));
        await simulation.SetAsync("tokenApp", "220000000000009");
        Assert.Contains("did not match the Viewing App", ErrorOf(await simulation.GetAsync($"debug_token?input_token={Token}", AppToken)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proof_must_be_right_and_can_be_demanded()
    {
        await using var simulation = await StartAsync();
        var proof = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.ASCII.GetBytes(AppSecret), Encoding.ASCII.GetBytes(Token)));
        Assert.Equal("91f3017272f3d0a0166dba913a13c914539af967c0e272daf43849a7d61252ae", proof); // the vector of the provider's page

        Assert.Equal((100, 0), Codes(await simulation.GetAsync("me?appsecret_proof=0000", Token)));
        await simulation.SetAsync("requireProof", "true");
        Assert.Equal((100, 0), Codes(await simulation.GetAsync("me", Token)));
        Assert.Equal(200, (await simulation.GetAsync($"me?appsecret_proof={proof}", Token)).Status);
    }

    [Fact]
    public async Task A_reset_of_the_secret_ends_the_old_one_and_every_token()
    {
        await using var simulation = await StartAsync();

        await simulation.SetAsync("appSecret", "00000000000000000000000000000000");

        Assert.Equal((190, 0), Codes(await simulation.GetAsync($"{AppId}/subscriptions", AppToken)));
        Assert.Equal(200, (await simulation.GetAsync($"{AppId}/subscriptions", $"{AppId}|00000000000000000000000000000000")).Status);
        Assert.Equal((190, 467), Codes(await simulation.GetAsync("me", Token)));
        await simulation.Control.RevokeTokenAsync(PageId, "EAAnew");
        Assert.Equal(200, (await simulation.GetAsync("me", "EAAnew")).Status);
        Assert.Equal((190, 0), Codes(await simulation.GetAsync("me", Token)));
    }

    [Fact]
    public async Task Usage_is_told_with_every_answer_and_at_100_percent_calls_are_refused()
    {
        await using var simulation = await StartAsync();
        await simulation.SetAsync("appUsage", "81");
        Assert.Equal(200, (await simulation.GetAsync($"{AppId}/subscriptions", AppToken)).Status);
        Assert.Equal(81, (int)JsonNode.Parse(simulation.LastHeaders["X-App-Usage"])!["call_count"]!);

        await simulation.SetAsync("appUsage", "100");
        await simulation.SetAsync("pageUsage", "100");

        Assert.Equal((4, 0), Codes(await simulation.GetAsync($"{AppId}/subscriptions", AppToken)));
        Assert.Equal((80006, 0), Codes(await simulation.GetAsync("me", Token)));
        Assert.Equal(19, (int)JsonNode.Parse(simulation.LastHeaders["X-Business-Use-Case-Usage"])![PageId]![0]!["estimated_time_to_regain_access"]!);
    }

    [Theory]
    [InlineData("pages_manage_metadata,pages_show_list", 200, "To subscribe to the messages field")]
    [InlineData("pages_messaging,pages_show_list", 200, "pages_manage_metadata")]
    [InlineData("pages_messaging,pages_manage_metadata", 200, "pages_show_list")]
    public async Task Subscribing_needs_three_permissions(string scopes, int code, string says)
    {
        await using var simulation = await StartAsync();
        await simulation.SetAsync("scopes", scopes);

        var error = ErrorOf(await simulation.PostAsync($"{PageId}/subscribed_apps", Token, ("subscribed_fields", "messages")));

        Assert.Equal(code, error.Code);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_subscribes_and_shows_it_and_ends_it()
    {
        await using var simulation = await StartAsync();
        Assert.Contains("subscribed_fields is required", ErrorOf(await simulation.PostAsync($"{PageId}/subscribed_apps", Token)).Message, StringComparison.Ordinal);
        Assert.Equal((100, 0), Codes(await simulation.PostAsync($"{PageId}/subscribed_apps", Token, ("subscribed_fields", "messages,telepathy"))));
        Assert.Equal((100, 33), Codes(await simulation.PostAsync($"{SecondPageId}/subscribed_apps", Token, ("subscribed_fields", "messages"))));
        Assert.Equal((210, 0), Codes(await simulation.GetAsync($"{PageId}/subscribed_apps", AppToken)));

        await simulation.SubscribePageAsync(fields: "messages,message_reads");

        var app = Assert.Single((await simulation.GetAsync($"{PageId}/subscribed_apps", Token)).Body["data"]!.AsArray())!;
        Assert.Equal((AppId, "messages,message_reads"), ((string?)app["id"], string.Join(',', app["subscribed_fields"]!.AsArray())));
        Assert.Equal(200, (await simulation.DeleteAsync($"{PageId}/subscribed_apps", Token)).Status);
        Assert.Empty((await simulation.GetAsync($"{PageId}/subscribed_apps", Token)).Body["data"]!.AsArray());
    }

    [Fact]
    public async Task The_app_checks_the_url_by_an_unsigned_get_before_it_takes_it()
    {
        await using var simulation = await StartAsync();

        await simulation.SubscribeAppAsync();

        var probe = Assert.Single(simulation.Receiver.Received);
        Assert.Equal("GET", probe.Method);
        Assert.StartsWith("?hub.mode=subscribe&hub.challenge=", probe.Query, StringComparison.Ordinal);
        Assert.EndsWith($"&hub.verify_token={VerifyToken}", probe.Query, StringComparison.Ordinal);
        Assert.Empty(probe.Header("X-Hub-Signature-256"));
        var shown = Assert.Single((await simulation.GetAsync($"{AppId}/subscriptions", AppToken)).Body["data"]!.AsArray())!;
        Assert.Equal((simulation.Receiver.HookUrl, true), ((string?)shown["callback_url"], (bool)shown["active"]!));
        Assert.Equal("v26.0", (string?)shown["fields"]![0]!["version"]);
        Assert.False(((JsonObject)shown).ContainsKey("verify_token"));
    }

    [Theory]
    [InlineData(404, "", 2200)]
    [InlineData(403, "", 2200)]
    [InlineData(204, "", 2200)]
    [InlineData(200, "<html>hello", 2201)]
    [InlineData(200, "", 2201)]
    public async Task A_url_that_does_not_answer_the_challenge_is_refused(int status, string body, int code)
    {
        await using var simulation = await StartAsync();
        simulation.Receiver.Answer = async (context, _) =>
        {
            context.Response.StatusCode = status;
            if (body.Length > 0)
            {
                await context.Response.WriteAsync(body);
            }
        };

        Assert.Equal(code, ErrorOf(await RegisterAsync(simulation, simulation.Receiver.HookUrl)).Code);
        Assert.Empty((await simulation.GetAsync($"{AppId}/subscriptions", AppToken)).Body["data"]!.AsArray());
    }

    [Fact]
    public async Task Nothing_listening_and_unknown_names_are_2200()
    {
        await using var simulation = await StartAsync();

        Assert.Equal(2200, ErrorOf(await RegisterAsync(simulation, "http://127.0.0.1:9/hook")).Code);
        Assert.Equal(2200, ErrorOf(await RegisterAsync(simulation, "https://no-such-host.invalid/hook")).Code);
    }

    [Fact]
    public async Task Outside_of_local_mode_only_https_and_public_addresses_are_taken()
    {
        await using var simulation = await StartAsync();
        await simulation.Control.SetLocalModeAsync(PageId, enabled: false);

        Assert.Equal(100, ErrorOf(await RegisterAsync(simulation, simulation.Receiver.HookUrl)).Code);
        Assert.Equal(2200, ErrorOf(await RegisterAsync(simulation, "https://127.0.0.1:9/hook")).Code);
        Assert.Empty(simulation.Receiver.Received);
    }

    [Fact]
    public async Task The_apps_webhook_is_the_apps_alone()
    {
        await using var simulation = await StartAsync();

        Assert.Equal((15, 0), Codes(await simulation.GetAsync($"{AppId}/subscriptions", Token)));
        Assert.Equal((100, 33), Codes(await simulation.GetAsync("220000000000009/subscriptions", AppToken)));
        Assert.Contains("callback_url is required", ErrorOf(await simulation.PostAsync($"{AppId}/subscriptions", AppToken, ("object", "page"))).Message, StringComparison.Ordinal);
        Assert.Equal(
            (100, 0),
            Codes(await simulation.PostAsync($"{AppId}/subscriptions", AppToken, ("object", "page"), ("callback_url", simulation.Receiver.HookUrl), ("verify_token", "x"), ("fields", "telepathy"))));
    }

    [Fact]
    public async Task The_apps_webhook_goes_whole_or_by_field()
    {
        await using var simulation = await StartAsync();
        await simulation.SubscribeAppAsync("messages,feed");

        await simulation.DeleteAsync($"{AppId}/subscriptions?object=page&fields=feed", AppToken);
        Assert.Equal(["messages"], (await simulation.Control.GetRegistrationsAsync(PageId)).Of("app")!.AllowedUpdates);

        await simulation.DeleteAsync($"{AppId}/subscriptions?object=page", AppToken);
        Assert.Null((await simulation.Control.GetRegistrationsAsync(PageId)).Of("app"));
    }

    [Fact]
    public async Task A_page_writes_to_those_who_wrote_within_a_day_and_hears_its_own_echo()
    {
        await using var simulation = await StartSubscribedAsync();
        Assert.Equal((100, 2018001), Codes(await SendAsync("too early")));
        await simulation.SayAsync("hello");
        await simulation.DeliveriesAsync("acknowledged:1");

        var (status, sent) = await SendAsync("We are on it");
        Assert.Equal((200, "5000000001"), (status, (string?)sent["recipient_id"]));
        Assert.Equal((100, 2018109), Codes(await SendAsync(new string('x', 2001))));
        await simulation.DoAsync(MessageKind.Blocked);
        Assert.Equal(551, ErrorOf(await SendAsync("Hello?")).Code);

        await simulation.DeliveriesAsync("acknowledged:2");
        Assert.Contains($"\"is_echo\":true,\"app_id\":{AppId},\"metadata\":\"ticket-42\"", simulation.Posts.Last().Text, StringComparison.Ordinal);
        Assert.Equal("We are on it", Assert.Single(await simulation.Control.GetSentMessagesAsync(PageId)).Text);

        Task<(int, JsonObject)> SendAsync(string text) => simulation.SendAsync(
            HttpMethod.Post,
            "me/messages",
            Token,
            JsonContent.Create(new JsonObject
            {
                ["recipient"] = new JsonObject { ["id"] = "5000000001" },
                ["messaging_type"] = "RESPONSE",
                ["message"] = new JsonObject { ["text"] = text, ["metadata"] = "ticket-42" },
            }));
    }

    [Fact]
    public async Task A_day_after_the_last_message_the_window_is_closed()
    {
        await using var simulation = await StartSubscribedAsync(timeScale: 0.000001);
        await simulation.SayAsync("hello");
        await simulation.DeliveriesAsync("acknowledged:1");

        // A day is a tenth of a second here.
        var answer = (Status: 200, Body: new JsonObject());
        while (answer.Status == 200)
        {
            answer = await simulation.PostAsync($"{PageId}/messages", Token, ("recipient", """{"id":"5000000001"}"""), ("message", """{"text":"late"}"""));
        }

        Assert.Equal((10, 2018278), Codes(answer));
    }

    private static Task<(int Status, JsonObject Body)> RegisterAsync(FacebookSimulation simulation, string url) =>
        simulation.PostAsync($"{AppId}/subscriptions", AppToken, ("object", "page"), ("callback_url", url), ("verify_token", VerifyToken), ("fields", "messages"));

    private static (int Code, int Subcode) Codes((int Status, JsonObject Body) answer)
    {
        var (code, subcode, _) = ErrorOf(answer);
        return (code, subcode);
    }
}
