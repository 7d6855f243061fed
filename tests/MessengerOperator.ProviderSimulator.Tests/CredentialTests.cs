using System.Text.Json.Nodes;

namespace MessengerOperator.ProviderSimulator.Tests;

public class CredentialTests
{
    [Fact]
    public async Task GetMe_describes_the_bot()
    {
        await using var simulation = await Simulation.StartAsync();

        var (status, envelope) = await simulation.CallAsync("getMe");

        Assert.Equal(200, status);
        Assert.Equal("""{"ok":true,"result":{"id":700000001,"is_bot":true,"first_name":"Acme Support","username":"acme_support_bot","can_join_groups":true,"can_read_all_group_messages":false,"supports_inline_queries":false,"can_connect_to_business":false,"has_main_web_app":false}}""", envelope.ToJsonString());
    }

    [Theory]
    [InlineData("700000001:wrongwrongwrongwrongwrongwrongwrong", 401, "Unauthorized")]
    [InlineData("999:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0", 401, "Unauthorized")]
    [InlineData("nocolon", 404, "Not Found")]
    [InlineData("0700000001:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0", 404, "Not Found")]
    [InlineData("x700000001:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0", 404, "Not Found")]
    [InlineData("700000001:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 404, "Not Found")]
    public async Task Tokens_that_are_not_the_bots_are_refused(string token, int status, string description)
    {
        await using var simulation = await Simulation.StartAsync();

        AssertRefused(status, description, await simulation.CallAsync("getMe", token: token));
    }

    [Fact]
    public async Task A_malformed_token_is_401_on_a_self_hosted_server()
    {
        await using var simulation = await Simulation.StartAsync(options: new SimulatorOptions { MalformedTokenStatus = 401 });

        AssertRefused(401, "Unauthorized: invalid token specified", await simulation.CallAsync("getMe", token: "nocolon"));
    }

    [Fact]
    public async Task Methods_are_read_without_regard_to_case_and_unknown_ones_are_404()
    {
        await using var simulation = await Simulation.StartAsync();

        Assert.Equal(200, (await simulation.CallAsync("GETME")).Status);
        AssertRefused(404, "Not Found: method not found", await simulation.CallAsync("getmee"));
    }

    [Fact]
    public async Task A_path_of_no_provider_is_404()
    {
        await using var simulation = await Simulation.StartAsync();
        using var response = await simulation.Http.GetAsync(new Uri("/somewhere", UriKind.Relative));

        Assert.Equal(404, (int)response.StatusCode);
        Assert.Equal("No provider has this path.\n", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_revoked_token_is_worthless_at_once_and_its_successor_starts_without_a_webhook()
    {
        await using var simulation = await Simulation.StartAsync(localMode: true);
        await simulation.SetWebhookAsync("http://127.0.0.1:9/hook");

        await simulation.Control.RevokeTokenAsync(Simulation.BotId, "700000001:successor");

        AssertRefused(401, "Unauthorized", await simulation.CallAsync("getMe"));
        var info = (await simulation.CallAsync("getWebhookInfo", token: "700000001:successor")).Envelope["result"]!;
        Assert.Equal(string.Empty, (string?)info["url"]);
    }

    [Fact]
    public async Task Calls_are_counted_by_method_and_unknown_tokens_are_never_kept_whole()
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.CallAsync("getMe");
        await simulation.CallAsync("getMe", token: "700000001:not-the-secret-part");

        var mine = await simulation.Control.GetCallsAsync(Simulation.BotId);
        var all = await simulation.Control.GetCallsAsync();

        Assert.Equal(1, mine.Of("getMe"));
        Assert.Equal(2, all.Of("getMe"));
        Assert.DoesNotContain(all.Calls, call => call.Account.Contains("not-the-secret-part", StringComparison.Ordinal));
    }

    internal static void AssertRefused(int status, string description, (int Status, JsonObject Envelope) answer)
    {
        Assert.Equal(status, answer.Status);
        Assert.False((bool)answer.Envelope["ok"]!);
        Assert.Equal(status, (int)answer.Envelope["error_code"]!);
        Assert.Equal(description, (string?)answer.Envelope["description"]);
    }
}
