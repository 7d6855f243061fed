using System.Text.Json.Nodes;
using MessengerOperator.ProviderSimulator.Faults;
using MessengerOperator.ProviderSimulator.Viber;

namespace MessengerOperator.ProviderSimulator.Tests.Viber;

/// <summary>Calls of the REST Bot API, as strict as Viber.</summary>
public class ViberRegistrationTests
{
    [Fact]
    public async Task Only_the_bots_token_opens_it()
    {
        await using var viber = await ViberSimulation.StartAsync();

        var missing = await viber.CallAsync("get_account_info", token: null);
        Assert.Equal((2, "missing_auth_token"), ((int)missing["status"]!, (string?)missing["status_message"]));
        Assert.Equal(2, await viber.StatusAsync("get_account_info", token: ViberSimulation.NewToken));
        Assert.Equal(0, await viber.StatusAsync("get_account_info", new JsonObject { ["auth_token"] = ViberSimulation.Token }, token: null));
    }

    [Fact]
    public async Task Account_info_shows_no_webhook_before_there_is_one()
    {
        await using var viber = await ViberSimulation.StartAsync();
        var info = await viber.CallAsync("get_account_info");

        Assert.Equal((ViberSimulation.BotId, "acmesupport", "Acme Support"), ((string?)info["id"], (string?)info["uri"], (string?)info["name"]));
        Assert.False(info.ContainsKey("webhook"));
    }

    [Fact]
    public async Task The_url_is_called_signed_and_without_its_query_before_the_answer()
    {
        await using var viber = await ViberSimulation.StartAsync();
        var answer = await viber.SetWebhookAsync(viber.Receiver.HookUrl + "?tenant=7", "delivered", "subscribed");

        Assert.Equal(0, (int)answer["status"]!);
        var probe = Assert.Single(viber.Receiver.Received);
        Assert.Equal("webhook", (string?)JsonNode.Parse(probe.Body)!["event"]);
        Assert.True((long)JsonNode.Parse(probe.Body)!["message_token"]! > 1L << 53);
        Assert.Equal([ViberSimulation.SignatureOf(probe)], probe.Headers["X-Viber-Content-Signature"]);
        Assert.Equal($"?sig={ViberSimulation.SignatureOf(probe)}", probe.Query);
    }

    [Fact]
    public async Task More_event_kinds_are_answered_than_asked_for_and_fewer_are_read_back()
    {
        await using var viber = await ViberSimulation.StartAsync();
        var answer = await viber.SetWebhookAsync(null, "delivered", "subscribed");
        var info = await viber.CallAsync("get_account_info");

        var answered = answer["event_types"]!.AsArray().Select(name => (string?)name).ToHashSet();
        Assert.Superset(new HashSet<string?> { "delivered", "subscribed", "client_status", "action", "webhook", "message" }, answered);
        Assert.DoesNotContain("seen", answered);
        Assert.Equal(["delivered"], info["event_types"]!.AsArray().Select(name => (string?)name));
        Assert.Equal(viber.Receiver.HookUrl, (string?)info["webhook"]);
    }

    [Theory]
    [InlineData(204)]
    [InlineData(404)]
    [InlineData(500)]
    public async Task A_receiver_that_does_not_answer_200_is_not_registered_and_the_old_webhook_stays(int status)
    {
        await using var viber = await ViberSimulation.StartAsync();
        await viber.SetWebhookAsync();
        viber.Receiver.AnswerWith(status);

        Assert.Equal(1, (int)(await viber.SetWebhookAsync(viber.Receiver.HookUrl + "2"))["status"]!);
        Assert.Equal(viber.Receiver.HookUrl, (string?)(await viber.CallAsync("get_account_info"))["webhook"]);
        Assert.Equal([true, false], (await viber.Control.GetRegistrationsAsync(ViberSimulation.BotId)).History.Select(entry => entry.Succeeded));
    }

    [Fact]
    public async Task Nobody_listening_is_told_in_a_trace_or_not_at_all()
    {
        await using var viber = await ViberSimulation.StartAsync();
        var answers = new List<JsonObject>();
        for (var i = 0; i < 6; i++)
        {
            answers.Add(await viber.SetWebhookAsync("http://127.0.0.1:9/hook"));
        }

        Assert.All(answers, answer => Assert.Equal(1, (int)answer["status"]!));
        Assert.Contains(answers, answer => ((string?)answer["status_message"])?.StartsWith("Result[HttpRequest[", StringComparison.Ordinal) == true);
        Assert.Contains(answers, answer => !answer.ContainsKey("status_message"));
    }

    [Theory]
    [InlineData("http://hooks.acme.example/hook")]
    [InlineData("https://203.0.113.7/hook")]
    [InlineData("https://localhost/hook")]
    [InlineData("hook")]
    public async Task A_url_that_is_not_https_at_a_name_is_refused(string url)
    {
        await using var viber = await ViberSimulation.StartAsync(localMode: false);
        Assert.Equal(1, (int)(await viber.SetWebhookAsync(url))["status"]!);
        Assert.Empty(viber.Receiver.Received);
    }

    [Theory]
    [InlineData("""{}""", 4)]
    [InlineData("""{"url":7}""", 4)]
    [InlineData("""{"url":"https://a.example","event_types":"all"}""", 3)]
    [InlineData("""{"url":"https://a.example","event_types":["webhook"]}""", 3)]
    [InlineData("""{"url":"https://a.example","send_name":"yes"}""", 3)]
    public async Task Parameters_of_another_form_are_refused(string parameters, int status)
    {
        await using var viber = await ViberSimulation.StartAsync();
        Assert.Equal(status, await viber.StatusAsync("set_webhook", (JsonObject)JsonNode.Parse(parameters)!));
    }

    [Fact]
    public async Task An_empty_url_removes_and_calls_nobody()
    {
        await using var viber = await ViberSimulation.StartAsync();
        await viber.SetWebhookAsync();

        Assert.Equal(0, (int)(await viber.SetWebhookAsync(""))["status"]!);

        Assert.Single(viber.Receiver.Received);
        Assert.False((await viber.CallAsync("get_account_info")).ContainsKey("webhook"));
    }

    [Fact]
    public async Task Somebody_else_overwrites_and_clears()
    {
        await using var viber = await ViberSimulation.StartAsync();
        await viber.SetWebhookAsync();
        await viber.Control.OverwriteWebhookAsync(ViberSimulation.BotId, new() { Url = "https://elsewhere.example/hook", AllowedUpdates = [] });

        var info = await viber.CallAsync("get_account_info");
        Assert.Equal(("https://elsewhere.example/hook", 0), ((string?)info["webhook"], info["event_types"]!.AsArray().Count));
        await viber.Control.RemoveWebhookAsync(ViberSimulation.BotId);
        Assert.Null((await viber.Control.GetRegistrationsAsync(ViberSimulation.BotId)).Current);
    }

    [Theory]
    [InlineData("blocked", 7)]
    [InlineData("suspended", 9)]
    public async Task A_bot_that_viber_stopped_is_told_its_number(string setting, int status)
    {
        await using var viber = await ViberSimulation.StartAsync();
        await viber.Control.ChangeAccountSettingsAsync(ViberSimulation.BotId, new Dictionary<string, string?> { [setting] = "true" });

        Assert.Equal(status, await viber.StatusAsync("get_account_info"));
    }

    [Fact]
    public async Task Every_row_of_the_error_table_can_be_staged()
    {
        await using var viber = await ViberSimulation.StartAsync();
        for (var status = 1; status <= 24; status++)
        {
            await viber.Control.SetFaultAsync(ViberSimulation.BotId, "get_account_info", ViberFaults.Status(status) with { Times = 1 });
            Assert.Equal(status, await viber.StatusAsync("get_account_info"));
        }

        await viber.Control.SetFaultAsync(ViberSimulation.BotId, "*", new Fault { Preset = "tooManyRequests", Times = 1 });
        Assert.Equal(12, await viber.StatusAsync("get_account_info"));
        Assert.Equal(0, await viber.StatusAsync("get_account_info"));
    }
}
