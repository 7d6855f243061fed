using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MessengerOperator.ProviderSimulator.Accounts;
using MessengerOperator.ProviderSimulator.Delivery;
using static MessengerOperator.ProviderSimulator.Tests.Facebook.FacebookSimulation;

namespace MessengerOperator.ProviderSimulator.Tests.Facebook;

/// <summary>What is delivered, how it is signed, and what becomes of failures.</summary>
public class FacebookDeliveryTests
{
    // An hour of the provider's time takes 1.4 seconds.
    private const double Hurried = 0.0004;

    [Fact]
    public async Task A_message_is_signed_over_its_escaped_bytes_in_both_ways()
    {
        await using var simulation = await StartSubscribedAsync();

        await simulation.SayAsync("Grüße 👋 an Zoë/Ünal");
        await simulation.DeliveriesAsync("acknowledged:1");

        var post = Assert.Single(simulation.Posts);
        Assert.Contains("\"text\":\"Gr\\u00fc\\u00dfe \\ud83d\\udc4b an Zo\\u00eb\\/\\u00dcnal\"", post.Text, StringComparison.Ordinal);
        Assert.Equal(["application/json"], post.Header("Content-Type"));
        var key = Encoding.ASCII.GetBytes(AppSecret);
        Assert.Equal(["sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(key, post.Body))], post.Header("X-Hub-Signature-256"));
        Assert.StartsWith("sha1=", Assert.Single(post.Header("X-Hub-Signature")), StringComparison.Ordinal);
        var entry = JsonNode.Parse(post.Body)!["entry"]![0]!;
        Assert.Equal((PageId, "5000000001"), ((string?)entry["id"], (string?)entry["messaging"]![0]!["sender"]!["id"]));
    }

    [Theory]
    [InlineData("messages,messaging_postbacks", "messages")]
    [InlineData("messages", "messages,messaging_postbacks")]
    public async Task Only_what_both_levels_have_is_delivered(string ofApp, string ofPage)
    {
        await using var simulation = await StartAsync();
        await simulation.SubscribeAppAsync(ofApp);
        await simulation.SubscribePageAsync(fields: ofPage);

        Assert.Equal(DeliveryState.Filtered, (await simulation.DoAsync(MessageKind.CallbackQuery)).State);
        Assert.Equal(DeliveryState.Pending, (await simulation.SayAsync("hello")).State);
    }

    [Fact]
    public async Task Nothing_is_delivered_without_the_page_the_app_or_while_the_webhook_is_not_active()
    {
        await using var simulation = await StartAsync();
        await simulation.SubscribeAppAsync();
        Assert.Equal(DeliveryState.Filtered, (await simulation.SayAsync("no page")).State);

        await simulation.SubscribePageAsync();
        await simulation.Control.OverwriteWebhookAsync(PageId, new WebhookChange { Settings = new Dictionary<string, string> { ["active"] = "false" } });
        Assert.Equal(DeliveryState.Filtered, (await simulation.SayAsync("not active")).State);

        await simulation.Control.RemoveWebhookAsync(PageId);
        Assert.Equal(DeliveryState.Filtered, (await simulation.SayAsync("no app")).State);
        Assert.Null((await simulation.Control.GetRegistrationsAsync(PageId)).Current);
    }

    [Fact]
    public async Task In_development_mode_only_testers_are_told_of_and_without_permission_nobody()
    {
        await using var simulation = await StartSubscribedAsync();
        await simulation.SetAsync("developmentMode", "true");
        Assert.Equal(DeliveryState.Filtered, (await simulation.SayAsync("ordinary")).State);

        await simulation.SetAsync("testers", "5000000001");
        Assert.Equal(DeliveryState.Pending, (await simulation.SayAsync("tester")).State);

        await simulation.SetAsync("scopes", "pages_manage_metadata,pages_show_list");
        Assert.Equal(DeliveryState.Filtered, (await simulation.SayAsync("silence")).State);
    }

    [Fact]
    public async Task Events_of_several_pages_go_in_one_request()
    {
        await using var simulation = await StartSubscribedAsync();
        await simulation.AddPageAsync(SecondPageId, SecondToken);
        await simulation.SubscribePageAsync(SecondPageId, SecondToken);
        await simulation.Control.HoldDeliveriesAsync(PageId, held: true);
        await simulation.SayAsync("one");
        await simulation.SayAsync("two");
        await simulation.SayAsync("three", SecondPageId);

        await simulation.Control.HoldDeliveriesAsync(PageId, held: false);
        await simulation.DeliveriesAsync("acknowledged:2");
        await simulation.DeliveriesAsync("acknowledged:1", SecondPageId);

        var entries = JsonNode.Parse(Assert.Single(simulation.Posts).Body)!["entry"]!.AsArray();
        Assert.Equal([PageId, SecondPageId], entries.Select(entry => (string?)entry!["id"]));
        Assert.Equal([2, 1], entries.Select(entry => entry!["messaging"]!.AsArray().Count));
    }

    [Fact]
    public async Task A_batch_has_a_limit_and_can_be_out_of_order_and_doubled()
    {
        await using var simulation = await StartSubscribedAsync();
        await simulation.SetAsync("outOfOrder", "true");
        await simulation.SetAsync("duplicates", "true");
        await simulation.SetAsync("maxBatch", "3");

        await simulation.Control.SendMessagesAsync(PageId, new CustomerMessage { Text = "{n}", Count = 3, Batch = true });
        await simulation.DeliveriesAsync("acknowledged:3");

        var texts = JsonNode.Parse(Assert.Single(simulation.Posts).Body)!["entry"]![0]!["messaging"]!.AsArray().Select(item => (string?)item!["message"]!["text"]);
        Assert.Equal(["3", "3", "2", "2", "1", "1"], texts);
    }

    [Theory]
    [InlineData(204)]
    [InlineData(202)]
    [InlineData(503)]
    public async Task Nothing_but_200_is_success(int status)
    {
        await using var simulation = await StartSubscribedAsync(Hurried);
        simulation.PostStatus = status;
        await simulation.SayAsync("hello");
        await simulation.DeliveriesAsync("failedAttempts:3");

        simulation.PostStatus = 200;

        var delivery = Assert.Single((await simulation.DeliveriesAsync("acknowledged:1")).Deliveries);
        Assert.Equal(1, delivery.Acknowledgements);
        Assert.Single(simulation.Posts.Select(post => post.Text).Distinct());
    }

    [Fact]
    public async Task After_15_minutes_of_failures_there_is_an_alert_and_after_an_hour_the_page_is_dropped_and_no_other()
    {
        await using var simulation = await StartSubscribedAsync(Hurried);
        await simulation.AddPageAsync(SecondPageId, SecondToken);
        await simulation.SubscribePageAsync(SecondPageId, SecondToken);
        simulation.PostStatus = 500;

        await simulation.SayAsync("lost");
        await simulation.Control.GetRegistrationsAsync(PageId, "warned:1");
        await simulation.Control.GetRegistrationsAsync(PageId, "removed:1");

        var history = (await simulation.Control.GetRegistrationsAsync(PageId)).History;
        Assert.Equal(RegistrationActor.Provider, history.Single(entry => entry.Change == RegistrationChange.Removed).Actor);
        Assert.Empty((await simulation.GetAsync($"{PageId}/subscribed_apps", Token)).Body["data"]!.AsArray());
        Assert.Single((await simulation.GetAsync($"{SecondPageId}/subscribed_apps", SecondToken)).Body["data"]!.AsArray());
        Assert.NotNull((await simulation.Control.GetRegistrationsAsync(PageId)).Of("app"));
        Assert.Equal(DeliveryState.Filtered, (await simulation.SayAsync("never sent")).State);

        simulation.PostStatus = 200;
        await simulation.SubscribePageAsync();
        Assert.Equal(DeliveryState.Pending, (await simulation.SayAsync("back again")).State);
        await simulation.DeliveriesAsync("acknowledged:2");
    }

    [Fact]
    public async Task One_success_stops_the_clock_of_failures()
    {
        await using var simulation = await StartSubscribedAsync(Hurried);
        for (var round = 0; round < 3; round++)
        {
            simulation.PostStatus = 500;
            await simulation.SayAsync("hello");
            await simulation.DeliveriesAsync($"failedAttempts:{(round + 1) * 3}");
            simulation.PostStatus = 200;
            await simulation.DeliveriesAsync($"acknowledged:{round + 1}");
        }

        Assert.DoesNotContain((await simulation.Control.GetRegistrationsAsync(PageId)).History, entry => entry.Change != RegistrationChange.Set);
    }

    [Fact]
    public async Task An_event_is_given_up_after_36_hours()
    {
        await using var simulation = await StartSubscribedAsync(timeScale: 0.00001);
        simulation.PostStatus = 500;

        await simulation.SayAsync("lost");

        Assert.Equal(1, (await simulation.DeliveriesAsync("expired:1")).Expired);
    }

    [Theory]
    [InlineData(SecretHeader.Wrong)]
    [InlineData(SecretHeader.Missing)]
    [InlineData(SecretHeader.Doubled)]
    [InlineData(SecretHeader.ChangedBody)]
    public async Task A_forged_message_is_sent_once_with_another_proof(SecretHeader secret)
    {
        await using var simulation = await StartSubscribedAsync();

        var forged = await simulation.Control.SendMessageAsync(PageId, new CustomerMessage { Text = "forged", Secret = secret });

        Assert.Equal((DeliveryState.Forged, 200), (forged.State, forged.Attempt!.Status));
        var post = Assert.Single(simulation.Posts);
        var genuine = "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.ASCII.GetBytes(AppSecret), post.Body));
        Assert.NotEqual([genuine], post.Header("X-Hub-Signature-256"));
    }

    [Fact]
    public async Task A_message_can_be_sent_again_with_its_id()
    {
        await using var simulation = await StartSubscribedAsync();
        var said = await simulation.SayAsync("hello");
        await simulation.DeliveriesAsync("acknowledged:1");

        await simulation.Control.RedeliverAsync(PageId, said.Id);

        Assert.Equal(2, simulation.Posts.Count());
        Assert.All(simulation.Posts, post => Assert.Contains(said.Id, post.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task After_a_reset_of_the_secret_requests_are_signed_with_the_new_one()
    {
        await using var simulation = await StartSubscribedAsync();
        await simulation.SetAsync("appSecret", "new-secret");

        await simulation.SayAsync("hello");
        await simulation.DeliveriesAsync("acknowledged:1");

        var post = Assert.Single(simulation.Posts);
        Assert.Equal(["sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData("new-secret"u8, post.Body))], post.Header("X-Hub-Signature-256"));
    }

    [Theory]
    [InlineData(MessageKind.Photo, "\"type\":\"image\"")]
    [InlineData(MessageKind.Document, "\"type\":\"file\"")]
    [InlineData(MessageKind.Voice, "\"type\":\"audio\"")]
    [InlineData(MessageKind.Video, "\"type\":\"video\"")]
    [InlineData(MessageKind.Location, "\"coordinates\"")]
    [InlineData(MessageKind.Sticker, "\"sticker_id\"")]
    [InlineData(MessageKind.Link, "\"fallback\"")]
    [InlineData(MessageKind.CallbackQuery, "\"postback\"")]
    [InlineData(MessageKind.Started, "GET_STARTED")]
    [InlineData(MessageKind.Referral, "\"referral\"")]
    [InlineData(MessageKind.OptIn, "\"optin\"")]
    [InlineData(MessageKind.EditedMessage, "\"num_edit\":1")]
    [InlineData(MessageKind.Deleted, "\"is_deleted\":true")]
    [InlineData(MessageKind.Reaction, "\"react\"")]
    [InlineData(MessageKind.ReactionRemoved, "\"unreact\"")]
    [InlineData(MessageKind.Delivered, "\"watermark\"")]
    [InlineData(MessageKind.Read, "\"read\"")]
    [InlineData(MessageKind.Echo, "\"is_echo\":true")]
    [InlineData(MessageKind.TestEvent, "\"changes\":[{\"field\":\"messages\"")]
    [InlineData(MessageKind.Unknown, "hologram")]
    public async Task Every_kind_has_its_form(MessageKind kind, string part)
    {
        await using var simulation = await StartSubscribedAsync();

        await simulation.DoAsync(kind);
        await simulation.DeliveriesAsync("acknowledged:1");

        Assert.Contains(part, Assert.Single(simulation.Posts).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Standby_has_a_list_and_a_field_of_its_own()
    {
        await using var simulation = await StartAsync();
        await simulation.SubscribeAppAsync("messages,standby");
        await simulation.SubscribePageAsync(fields: "messages,standby");

        await simulation.DoAsync(MessageKind.Standby);
        await simulation.DeliveriesAsync("acknowledged:1");

        Assert.Contains("\"standby\":[{", Assert.Single(simulation.Posts).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_and_raw_items_are_taken_and_unknown_options_refused()
    {
        await using var simulation = await StartSubscribedAsync();
        await simulation.DoAsync(MessageKind.Text, ("quickReply", "CONFIRM_42"));
        var item = JsonNode.Parse("""{"sender":{"id":"7700000000000001"},"recipient":{"id":"110000000000001"},"timestamp":1790000000042,"read":{"watermark":1}}""")!.AsObject();
        await simulation.Control.SendUpdateAsync(PageId, item);
        await simulation.DeliveriesAsync("acknowledged:2");

        Assert.Contains(simulation.Posts, post => post.Text.Contains("\"quick_reply\":{\"payload\":\"CONFIRM_42\"}", StringComparison.Ordinal));
        Assert.Contains(simulation.Posts, post => post.Text.Contains(JsonSerializer.Serialize(item["read"]), StringComparison.Ordinal));
        await Assert.ThrowsAsync<HttpRequestException>(() => simulation.DoAsync(MessageKind.Text, ("telepathy", "on")));
    }

    [Fact]
    public async Task Pages_of_one_app_must_agree_on_its_secret_and_the_last_one_takes_the_app_along()
    {
        await using var simulation = await StartSubscribedAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => simulation.Control.CreateAccountAsync(
            new AccountRequest { Provider = "Facebook", Id = SecondPageId, Settings = new Dictionary<string, string?> { ["appId"] = AppId, ["appSecret"] = "another" } }));

        await simulation.Control.DeleteAccountAsync(PageId);
        await simulation.AddPageAsync(PageId, Token);

        Assert.Empty((await simulation.GetAsync($"{AppId}/subscriptions", AppToken)).Body["data"]!.AsArray());
    }
}
