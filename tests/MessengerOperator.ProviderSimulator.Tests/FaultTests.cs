using MessengerOperator.ProviderSimulator.Accounts;
using MessengerOperator.ProviderSimulator.Control;
using MessengerOperator.ProviderSimulator.Faults;
using MessengerOperator.ProviderSimulator.Telegram;

namespace MessengerOperator.ProviderSimulator.Tests;

public class FaultTests
{
    [Theory]
    [InlineData("unauthorized", 401, "Unauthorized")]
    [InlineData("conflict", 409, "Conflict: terminated by other setWebhook")]
    [InlineData("too-many-requests", 429, "Too Many Requests: retry after 1")]
    [InlineData("restart", 500, "Internal Server Error: restart")]
    [InlineData("invalid-url", 400, "Bad Request: invalid webhook URL specified")]
    [InlineData("not-https", 400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")]
    [InlineData("port", 400, "Bad Request: bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")]
    [InlineData("reserved-address", 400, "Bad Request: bad webhook: IP address 10.0.0.5 is reserved")]
    [InlineData("ipv6-only", 400, "Bad Request: bad webhook: IPv6-only addresses are not allowed")]
    [InlineData("unresolvable", 400, "Bad Request: bad webhook: Failed to resolve host: Name or service not known")]
    public async Task Prepared_faults_speak_the_providers_words(string preset, int status, string description)
    {
        await using var simulation = await Simulation.StartAsync();

        await simulation.Control.SetFaultAsync(Simulation.BotId, "setWebhook", new Fault { Preset = preset });

        CredentialTests.AssertRefused(status, description, await simulation.SetWebhookAsync("https://hooks.acme.example/x"));
    }

    [Fact]
    public async Task A_fault_with_times_is_used_up()
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.Control.SetFaultAsync(Simulation.BotId, "getMe", TelegramFaults.TooManyRequests(7) with { Times = 2 });

        using var first = await simulation.PostAsync("getMe");
        Assert.Equal(["7"], first.Headers.GetValues("Retry-After"));
        Assert.Equal(429, (await simulation.CallAsync("getMe")).Status);
        Assert.Equal(200, (await simulation.CallAsync("getMe")).Status);
    }

    [Fact]
    public async Task A_fault_without_times_lasts_until_cleared_and_leaves_other_methods_alone()
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.Control.SetFaultAsync(Simulation.BotId, "getMe", TelegramFaults.Restart);

        Assert.Equal(500, (await simulation.CallAsync("getMe")).Status);
        Assert.Equal(500, (await simulation.CallAsync("getMe")).Status);
        Assert.Equal(200, (await simulation.CallAsync("getWebhookInfo")).Status);
        await simulation.Control.ClearFaultsAsync(Simulation.BotId, "getMe");
        Assert.Equal(200, (await simulation.CallAsync("getMe")).Status);
    }

    [Fact]
    public async Task A_fault_with_a_body_and_headers_answers_exactly_those()
    {
        await using var simulation = await Simulation.StartAsync();
        const string Body = """{"error":{"code":190}}""";
        await simulation.Control.SetFaultAsync(Simulation.BotId, "getMe", new Fault { Status = 418, Body = Body, Headers = new Dictionary<string, string> { ["X-App-Usage"] = "{}" } });

        using var response = await simulation.PostAsync("getMe");

        Assert.Equal((418, Body), ((int)response.StatusCode, await response.Content.ReadAsStringAsync()));
        Assert.Equal(["{}"], response.Headers.GetValues("X-App-Usage"));
    }

    [Fact]
    public async Task A_fault_of_everybody_can_be_one_providers()
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.Control.SetFaultAsync(null, "Nobody:*", TelegramFaults.Restart);
        Assert.Equal(200, (await simulation.CallAsync("getMe")).Status);

        await simulation.Control.SetFaultAsync(null, "Telegram:*", TelegramFaults.Restart);
        Assert.Equal(500, (await simulation.CallAsync("getMe")).Status);
        await simulation.Control.SetFaultAsync(null, "Telegram:getMe", new Fault { Preset = "conflict" });
        Assert.Equal(409, (await simulation.CallAsync("getMe")).Status);
    }

    [Fact]
    public async Task A_preset_is_filled_in_where_nothing_else_is_given()
    {
        await using var simulation = await Simulation.StartAsync();

        await simulation.Control.SetFaultAsync(Simulation.BotId, "getMe", new Fault { Preset = "not-https", Description = "Bad Request: something else" });

        CredentialTests.AssertRefused(400, "Bad Request: something else", await simulation.CallAsync("getMe"));
    }

    [Fact]
    public async Task Settings_that_telegram_has_not_are_refused()
    {
        await using var simulation = await Simulation.StartAsync();

        var refusal = await Assert.ThrowsAsync<HttpRequestException>(() => simulation.Control.ChangeAccountSettingAsync(Simulation.BotId, "appId", "1"));

        Assert.Contains("400", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fault_of_the_whole_provider_meets_everybody()
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.Control.SetFaultAsync(null, "*", TelegramFaults.Restart);

        Assert.Equal(500, (await simulation.CallAsync("getMe")).Status);
        Assert.Equal(500, (await simulation.CallAsync("getMe", token: "1:unknown")).Status);
        await simulation.Control.ClearFaultsAsync();
        Assert.Equal(200, (await simulation.CallAsync("getMe")).Status);
    }

    [Theory]
    [InlineData(FaultKind.Html, 502, "<html>")]
    [InlineData(FaultKind.EmptyBody, 200, "")]
    [InlineData(FaultKind.Garbage, 200, "{\"ok\":tr")]
    public async Task Bodies_that_are_no_json(FaultKind kind, int status, string start)
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.Control.SetFaultAsync(Simulation.BotId, "getMe", new Fault { Kind = kind });
        using var response = await simulation.PostAsync("getMe");

        Assert.Equal(status, (int)response.StatusCode);
        Assert.StartsWith(start, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FaultKind.ConnectionReset)]
    [InlineData(FaultKind.CloseWithoutAnswer)]
    public async Task Connections_that_end_without_an_answer(FaultKind kind)
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.Control.SetFaultAsync(Simulation.BotId, "getMe", new Fault { Kind = kind });

        await Assert.ThrowsAsync<HttpRequestException>(() => simulation.PostAsync("getMe"));
        Assert.Equal(0, (await simulation.Control.GetCallsAsync(Simulation.BotId, "getMe:1")).Calls[0].Status);
    }

    [Fact]
    public async Task A_slow_answer_comes_when_its_time_has_passed()
    {
        await using var simulation = await Simulation.StartAsync(fakeClock: true);
        await simulation.Control.SetFaultAsync(Simulation.BotId, "getMe", new Fault { Kind = FaultKind.Slow, DelayMilliseconds = 60_000, Times = 1 });
        var slow = simulation.CallAsync("getMe");
        await Eventually.TrueAsync(() =>
        {
            simulation.Clock!.Advance(TimeSpan.FromSeconds(10));
            return slow.IsCompleted;
        });

        Assert.Equal(200, (await slow).Status);
    }

    [Fact]
    public async Task Requests_of_the_control_api_that_make_no_sense_are_told_why()
    {
        await using var simulation = await Simulation.StartAsync();

        var preset = await Assert.ThrowsAsync<HttpRequestException>(() => simulation.Control.SetFaultAsync(Simulation.BotId, "getMe", new Fault { Preset = "nonsense" }));
        var token = await Assert.ThrowsAsync<HttpRequestException>(() => simulation.Control.CreateAccountAsync(new AccountRequest { Token = "nonsense" }));
        var twice = await Assert.ThrowsAsync<HttpRequestException>(() => simulation.Control.CreateAccountAsync(new AccountRequest { Token = Simulation.Token }));
        var scale = await Assert.ThrowsAsync<HttpRequestException>(() => simulation.Control.ChangeSettingsAsync(new SimulatorSettings { TimeScale = 0 }));
        var wait = await Assert.ThrowsAsync<HttpRequestException>(() => simulation.Control.GetDeliveriesAsync(Simulation.BotId, "happiness:1"));

        Assert.Contains("No preset 'nonsense'", preset.Message, StringComparison.Ordinal);
        Assert.Contains("malformed", token.Message, StringComparison.Ordinal);
        Assert.Equal(System.Net.HttpStatusCode.Conflict, twice.StatusCode);
        Assert.Equal(System.Net.HttpStatusCode.BadRequest, scale.StatusCode);
        Assert.Equal(System.Net.HttpStatusCode.BadRequest, wait.StatusCode);
        await Assert.ThrowsAsync<TimeoutException>(() => simulation.Control.GetDeliveriesAsync(Simulation.BotId, "acknowledged:1", TimeSpan.Zero));
    }

    [Fact]
    public async Task Unknown_members_are_refused_and_absent_ones_get_their_defaults()
    {
        await using var simulation = await Simulation.StartAsync();
        using var http = new HttpClient { BaseAddress = simulation.App.ControlUri };
        using var unknown = new StringContent("""{"usrname":"typo"}""", null, "application/json");
        using var empty = new StringContent("{}", null, "application/json");

        using var refused = await http.PostAsync(new Uri("accounts", UriKind.Relative), unknown);
        using var made = await http.PostAsync(new Uri("accounts", UriKind.Relative), empty);

        Assert.Equal(400, (int)refused.StatusCode);
        Assert.Contains("usrname", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(201, (int)made.StatusCode);
        Assert.Contains("\"firstName\":\"Acme Support\"", await made.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reset_forgets_accounts_faults_and_calls()
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.Control.SetFaultAsync(null, "*", TelegramFaults.Restart);
        await simulation.CallAsync("getMe");

        await simulation.Control.ResetAsync();

        Assert.Empty(await simulation.Control.ListAccountsAsync());
        Assert.Equal(0, (await simulation.Control.GetCallsAsync()).Total);
        Assert.Equal(401, (await simulation.CallAsync("getMe")).Status);
    }
}
