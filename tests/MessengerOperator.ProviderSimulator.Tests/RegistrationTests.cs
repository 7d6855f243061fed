using System.Text.Json.Nodes;
using MessengerOperator.ProviderSimulator.Accounts;
using MessengerOperator.ProviderSimulator.Network;

namespace MessengerOperator.ProviderSimulator.Tests;

public class RegistrationTests
{
    private const string Url = "https://hooks.acme.example:8443/telegram/9f2c";
    private static readonly SimulatorOptions Names = new()
    {
        Resolve =
        [
            NameOverride.Parse("hooks.acme.example=198.51.100.7@127.0.0.1:9"),
            NameOverride.Parse("inside.acme.example=10.0.0.5"),
            NameOverride.Parse("six.acme.example=2001:db8::7"),
            NameOverride.Parse("both.acme.example=2001:db8::7,198.51.100.8@127.0.0.1:9"),
            NameOverride.Parse("nowhere.acme.example="),
        ],
    };

    [Theory]
    [InlineData("https://", "Bad Request: invalid webhook URL specified")]
    [InlineData("ftp://hooks.acme.example/x", "Bad Request: invalid webhook URL specified")]
    [InlineData("https://hooks acme.example/x", "Bad Request: invalid webhook URL specified")]
    [InlineData("https://hooks.acme.example:99999/x", "Bad Request: invalid webhook URL specified")]
    [InlineData("http://hooks.acme.example/x", "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")]
    [InlineData("https://hooks.acme.example:8080/x", "Bad Request: bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")]
    [InlineData("https://inside.acme.example/x", "Bad Request: bad webhook: IP address 10.0.0.5 is reserved")]
    [InlineData("https://127.0.0.1/x", "Bad Request: bad webhook: IP address 127.0.0.1 is reserved")]
    [InlineData("https://six.acme.example/x", "Bad Request: bad webhook: IPv6-only addresses are not allowed")]
    [InlineData("https://[2001:db8::7]/x", "Bad Request: bad webhook: IPv6-only addresses are not allowed")]
    [InlineData("https://nowhere.acme.example/x", "Bad Request: bad webhook: Failed to resolve host: Name or service not known")]
    public async Task Urls_that_telegram_refuses_are_refused_in_its_words(string url, string description)
    {
        await using var simulation = await Simulation.StartAsync(options: Names);

        CredentialTests.AssertRefused(400, description, await simulation.SetWebhookAsync(url));
        Assert.Equal(string.Empty, (string?)(await simulation.WebhookInfoAsync())["url"]);
    }

    [Theory]
    [InlineData("https://hooks.acme.example/x")]
    [InlineData("https://hooks.acme.example:80/x")]
    [InlineData("https://hooks.acme.example:88/x")]
    [InlineData("https://hooks.acme.example:443/x")]
    [InlineData("https://hooks.acme.example:8443/x")]
    [InlineData("https://both.acme.example/x")]
    public async Task Urls_on_the_four_ports_are_taken(string url)
    {
        await using var simulation = await Simulation.StartAsync(options: Names);

        var (status, envelope) = await simulation.SetWebhookAsync(url);

        Assert.Equal(200, status);
        Assert.Equal("""{"ok":true,"result":true,"description":"Webhook was set"}""", envelope.ToJsonString());
    }

    [Theory]
    [InlineData("http://127.0.0.1:31313/x")]
    [InlineData("https://10.0.0.5:8080/x")]
    public async Task Local_mode_takes_http_any_port_and_private_addresses(string url)
    {
        await using var simulation = await Simulation.StartAsync(localMode: true);

        Assert.Equal(200, (await simulation.SetWebhookAsync(url)).Status);
    }

    [Theory]
    [InlineData(256, 'a', 200, "Webhook was set")]
    [InlineData(257, 'a', 400, "Bad Request: secret token is too long")]
    [InlineData(8, 'ä', 400, "Bad Request: secret token contains unallowed characters")]
    [InlineData(8, '+', 400, "Bad Request: secret token contains unallowed characters")]
    public async Task Vectors_T5_T6_T7_secret_tokens_have_a_length_and_an_alphabet(int length, char character, int status, string description)
    {
        await using var simulation = await Simulation.StartAsync(options: Names);

        var answer = await simulation.SetWebhookAsync(Url, new string(character, length));

        Assert.Equal(status, answer.Status);
        Assert.Equal(description, (string?)answer.Envelope["description"]);
    }

    [Fact]
    public async Task Setting_the_same_again_changes_nothing_and_dropping_updates_sets_it_anew()
    {
        await using var simulation = await Simulation.StartAsync(fakeClock: true, options: Names);
        await simulation.SetWebhookAsync(Url);
        var before = (await simulation.Control.GetRegistrationsAsync(Simulation.BotId)).Current!.SetAt;

        simulation.Clock!.Advance(TimeSpan.FromSeconds(1));
        var again = await simulation.SetWebhookAsync(Url);
        simulation.Clock.Advance(TimeSpan.FromSeconds(1));
        var dropping = await simulation.CallAsync("setWebhook", new JsonObject { ["url"] = Url, ["secret_token"] = Simulation.Secret, ["drop_pending_updates"] = true });

        Assert.Equal("Webhook is already set", (string?)again.Envelope["description"]);
        Assert.Equal("Webhook was set", (string?)dropping.Envelope["description"]);
        Assert.True((await simulation.Control.GetRegistrationsAsync(Simulation.BotId)).Current!.SetAt > before);
    }

    [Fact]
    public async Task Another_secret_is_a_new_registration()
    {
        await using var simulation = await Simulation.StartAsync(fakeClock: true, options: Names);
        await simulation.SetWebhookAsync(Url);
        simulation.Clock!.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("Webhook was set", (string?)(await simulation.SetWebhookAsync(Url, "another")).Envelope["description"]);
    }

    [Fact]
    public async Task A_second_call_within_a_second_is_told_to_wait()
    {
        await using var simulation = await Simulation.StartAsync(fakeClock: true, options: Names);
        await simulation.SetWebhookAsync(Url);
        using var response = await simulation.PostAsync("setWebhook", new JsonObject { ["url"] = Url });

        Assert.Equal(429, (int)response.StatusCode);
        Assert.Equal(["1"], response.Headers.GetValues("Retry-After"));
        Assert.Equal("""{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 1","parameters":{"retry_after":1}}""", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_newer_call_ends_the_one_under_way_with_409()
    {
        await using var simulation = await Simulation.StartAsync(fakeClock: true, options: Names);
        await simulation.Control.SetNameAsync(new NameOverride { Host = "slow.acme.example", Addresses = ["198.51.100.9"], DelayMilliseconds = 60_000 });
        var first = simulation.SetWebhookAsync("https://slow.acme.example/x");
        // The first call is under way once its turn is the one that keeps others waiting.
        while ((await simulation.SetWebhookAsync(Url)).Status != 429)
        {
            await first;
            simulation.Clock!.Advance(TimeSpan.FromSeconds(1));
            first = simulation.SetWebhookAsync("https://slow.acme.example/x");
        }

        simulation.Clock!.Advance(TimeSpan.FromSeconds(1));
        var second = await simulation.SetWebhookAsync(Url);

        Assert.Equal(200, second.Status);
        CredentialTests.AssertRefused(409, "Conflict: terminated by other setWebhook", await first);
        Assert.Equal(Url, (string?)(await simulation.WebhookInfoAsync())["url"]);
    }

    [Fact]
    public async Task Read_back_shows_all_but_the_secret_and_nothing_without_a_webhook()
    {
        await using var simulation = await Simulation.StartAsync(options: Names);
        Assert.Equal("""{"url":"","has_custom_certificate":false,"pending_update_count":0}""", (await simulation.WebhookInfoAsync()).ToJsonString());

        await simulation.CallAsync("setWebhook", new JsonObject
        {
            ["url"] = Url,
            ["secret_token"] = Simulation.Secret,
            ["max_connections"] = 7,
            ["allowed_updates"] = new JsonArray("my_chat_member", "message"),
        });

        Assert.Equal(
            $$"""{"url":"{{Url}}","has_custom_certificate":false,"pending_update_count":0,"max_connections":7,"ip_address":"198.51.100.7","allowed_updates":["message","my_chat_member"]}""",
            (await simulation.WebhookInfoAsync()).ToJsonString());
        Assert.Equal(Simulation.Secret, (await simulation.Control.GetRegistrationsAsync(Simulation.BotId)).Current!.SecretToken);
    }

    [Theory]
    [InlineData(null, "message,callback_query")]
    [InlineData("[]", "")]
    [InlineData("[\"nonsense\"]", "")]
    [InlineData("[\"nonsense\",\"poll\"]", "poll")]
    [InlineData("not json", "message,callback_query")]
    public async Task Allowed_updates_follow_the_rules_of_the_server(string? argument, string expected)
    {
        await using var simulation = await Simulation.StartAsync(fakeClock: true, options: Names);
        await simulation.CallAsync("setWebhook", new JsonObject { ["url"] = Url, ["allowed_updates"] = new JsonArray("callback_query", "message") });
        simulation.Clock!.Advance(TimeSpan.FromSeconds(1));

        var arguments = new JsonObject { ["url"] = Url };
        if (argument is not null)
        {
            arguments["allowed_updates"] = argument;
        }

        await simulation.CallAsync("setWebhook", arguments);

        Assert.Equal(expected, string.Join(',', ((await simulation.WebhookInfoAsync())["allowed_updates"] as JsonArray ?? []).Select(kind => (string?)kind)));
    }

    [Fact]
    public async Task Arguments_come_as_form_multipart_or_query_too()
    {
        await using var simulation = await Simulation.StartAsync(fakeClock: true, options: Names);
        var address = new Uri($"/bot{Simulation.Token}/setWebhook", UriKind.Relative);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["url"] = Url, ["allowed_updates"] = "[\"poll\"]" });
        using var multipart = new MultipartFormDataContent { { new StringContent(Url + "/2"), "url" } };

        using var byForm = await simulation.Http.PostAsync(address, form);
        Assert.Equal("poll", (string?)(await simulation.WebhookInfoAsync())["allowed_updates"]![0]);
        simulation.Clock!.Advance(TimeSpan.FromSeconds(1));
        using var byMultipart = await simulation.Http.PostAsync(address, multipart);
        Assert.Equal(Url + "/2", (string?)(await simulation.WebhookInfoAsync())["url"]);
        simulation.Clock.Advance(TimeSpan.FromSeconds(1));
        using var byQuery = await simulation.Http.GetAsync(new Uri($"{address}?url={Uri.EscapeDataString(Url)}", UriKind.Relative));
        Assert.Equal(Url, (string?)(await simulation.WebhookInfoAsync())["url"]);
    }

    [Fact]
    public async Task Deleting_is_success_with_and_without_a_webhook()
    {
        await using var simulation = await Simulation.StartAsync(options: Names);
        await simulation.SetWebhookAsync(Url);

        Assert.Equal("""{"ok":true,"result":true,"description":"Webhook was deleted"}""", (await simulation.CallAsync("deleteWebhook")).Envelope.ToJsonString());
        Assert.Equal("""{"ok":true,"result":true,"description":"Webhook is already deleted"}""", (await simulation.CallAsync("deleteWebhook")).Envelope.ToJsonString());
    }

    [Fact]
    public async Task Polling_is_a_conflict_while_a_webhook_is_set()
    {
        await using var simulation = await Simulation.StartAsync(options: Names);
        Assert.Equal(200, (await simulation.CallAsync("getUpdates")).Status);
        await simulation.SetWebhookAsync(Url);

        CredentialTests.AssertRefused(
            409,
            "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
            await simulation.CallAsync("getUpdates"));
    }

    [Fact]
    public async Task Setting_a_webhook_does_not_call_the_receiver()
    {
        await using var simulation = await Simulation.StartAsync(localMode: true);
        await using var receiver = await StubReceiver.StartAsync();

        await simulation.SetWebhookAsync(receiver.HookUrl);
        await simulation.Control.SendTextAsync(Simulation.BotId, "first");
        await simulation.DeliveriesAsync("acknowledged:1");

        Assert.Single(receiver.Received);
    }

    [Fact]
    public async Task Somebody_else_may_overwrite_or_remove_the_webhook_and_the_history_says_who()
    {
        await using var simulation = await Simulation.StartAsync(options: Names);
        await simulation.SetWebhookAsync(Url);

        await simulation.Control.OverwriteWebhookAsync(Simulation.BotId, new WebhookChange { Url = "https://other.example/x" });
        Assert.Equal("https://other.example/x", (string?)(await simulation.WebhookInfoAsync())["url"]);
        await simulation.Control.RemoveWebhookAsync(Simulation.BotId);
        var report = await simulation.Control.GetRegistrationsAsync(Simulation.BotId, "registered:0");

        Assert.Null(report.Current);
        Assert.Equal(
            [RegistrationActor.Client, RegistrationActor.SomebodyElse, RegistrationActor.SomebodyElse],
            report.History.Select(entry => entry.Actor));
    }

    [Fact]
    public async Task A_body_that_is_not_json_is_a_bad_request()
    {
        await using var simulation = await Simulation.StartAsync();
        using var body = new StringContent("{", null, "application/json");
        using var response = await simulation.Http.PostAsync(new Uri($"/bot{Simulation.Token}/setWebhook", UriKind.Relative), body);

        Assert.Equal(400, (int)response.StatusCode);
    }
}
