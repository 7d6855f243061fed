using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using MessengerOperator.ProviderSimulator.Accounts;
using MessengerOperator.ProviderSimulator.Delivery;
using Microsoft.AspNetCore.Http;

namespace MessengerOperator.ProviderSimulator.Tests;

public class DeliveryTests
{
    private const string SecretHeaderName = "X-Telegram-Bot-Api-Secret-Token";

    [Fact]
    public async Task Vector_T1_a_delivery_has_exactly_the_documented_headers_and_an_ascii_body()
    {
        await using var simulation = await Simulation.StartAsync(localMode: true);
        await using var receiver = await StubReceiver.StartAsync();
        await simulation.SetWebhookAsync(receiver.HookUrl);

        await simulation.Control.SendMessageAsync(Simulation.BotId, new CustomerMessage { Text = "Привіт 👋", FirstName = "Іра" });
        await simulation.DeliveriesAsync("acknowledged:1");

        var request = Assert.Single(receiver.Received);
        Assert.Equal([Simulation.Secret], request.Header(SecretHeaderName));
        Assert.Equal(["application/json"], request.Header("Content-Type"));
        Assert.Equal(["gzip, deflate"], request.Header("Accept-Encoding"));
        Assert.Equal(["127.0.0.1"], request.Header("Host"));
        Assert.Equal(
            new[] { "Accept-Encoding", "Connection", "Content-Length", "Content-Type", "Host", SecretHeaderName },
            request.Headers.Keys.Order(StringComparer.Ordinal));
        Assert.All(request.Body, letter => Assert.InRange(letter, (byte)' ', (byte)'~'));
        Assert.Contains(@"""first_name"":""\u0406\u0440\u0430""", request.Text, StringComparison.Ordinal);
        Assert.Contains(@"""text"":""\u041f\u0440\u0438\u0432\u0456\u0442 \ud83d\udc4b""", request.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SecretHeader.WrongCase, new[] { "zM9VyMfY_SECRET-01" })]
    [InlineData(SecretHeader.Missing, new string[0])]
    [InlineData(SecretHeader.TrailingBlank, new[] { Simulation.Secret })]
    [InlineData(SecretHeader.Doubled, new[] { Simulation.Secret, Simulation.Secret })]
    [InlineData(SecretHeader.Wrong, new[] { "never-registered-0123456789-never-registered" })]
    public async Task Vectors_T2_T3_T4_a_forged_delivery_carries_the_header_as_told_and_is_sent_once(SecretHeader secret, string[] expected)
    {
        await using var simulation = await Simulation.StartAsync(localMode: true);
        await using var receiver = await StubReceiver.StartAsync();
        receiver.AnswerWith(401);
        await simulation.SetWebhookAsync(receiver.HookUrl);

        var forged = await simulation.Control.SendMessageAsync(Simulation.BotId, new CustomerMessage { Secret = secret });

        Assert.Equal(401, forged.Attempt!.Status);
        Assert.Equal(expected, Assert.Single(receiver.Received).Header(SecretHeaderName));
        Assert.Equal(0, (await simulation.DeliveriesAsync("attempts:1")).Pending);
        Assert.False((await simulation.WebhookInfoAsync()).ContainsKey("last_error_message"));
    }

    [Fact]
    public async Task Messages_of_one_chat_arrive_one_after_another_in_their_order()
    {
        await using var simulation = await Simulation.StartAsync(localMode: true);
        await using var receiver = await StubReceiver.StartAsync();
        var running = new ConcurrentDictionary<long, int>();
        var overlaps = 0;
        receiver.Answer = async (_, request) =>
        {
            var chat = (long)JsonNode.Parse(request.Text)!["message"]!["chat"]!["id"]!;
            overlaps += running.AddOrUpdate(chat, 1, (_, count) => count + 1) > 1 ? 1 : 0;
            await Task.Yield();
            running.AddOrUpdate(chat, 0, (_, count) => count - 1);
        };
        await simulation.SetWebhookAsync(receiver.HookUrl);

        await simulation.Control.SendMessagesAsync(Simulation.BotId, new CustomerMessage { Text = "{n}", Count = 60, Customers = 3 });
        await simulation.DeliveriesAsync("acknowledged:60");

        Assert.Equal(0, overlaps);
        var byChat = receiver.Received.Select(request => JsonNode.Parse(request.Text)!["message"]!).GroupBy(message => (long)message["chat"]!["id"]!).ToList();
        Assert.Equal(3, byChat.Count);
        Assert.All(byChat, chat => Assert.Equal(chat.Select(message => (long)message["message_id"]!).Order(), chat.Select(message => (long)message["message_id"]!)));
    }

    [Fact]
    public async Task A_chat_that_is_refused_holds_back_itself_and_no_other()
    {
        await using var simulation = await Simulation.StartAsync(localMode: true, fakeClock: true);
        await using var receiver = await StubReceiver.StartAsync();
        receiver.Answer = (context, request) =>
        {
            context.Response.StatusCode = request.Text.Contains("\"id\":1,", StringComparison.Ordinal) ? 500 : 200;
            return Task.CompletedTask;
        };
        await simulation.SetWebhookAsync(receiver.HookUrl);

        await simulation.Control.SendMessagesAsync(Simulation.BotId, new CustomerMessage { CustomerId = 1, Text = "{n}", Count = 2 });
        await simulation.Control.SendMessagesAsync(Simulation.BotId, new CustomerMessage { CustomerId = 2, Text = "{n}", Count = 2 });
        var report = await simulation.DeliveriesAsync("acknowledged:2");

        Assert.All(report.Deliveries.Where(delivery => delivery.Conversation == "2"), delivery => Assert.Equal(DeliveryState.Acknowledged, delivery.State));
        Assert.Empty(report.Deliveries.Last(delivery => delivery.Conversation == "1").Attempts);
    }

    [Fact]
    public async Task No_more_deliveries_run_at_once_than_the_webhook_allows()
    {
        await using var simulation = await Simulation.StartAsync(localMode: true);
        await using var receiver = await StubReceiver.StartAsync();
        var gate = new TaskCompletionSource();
        receiver.Answer = (_, _) => gate.Task;
        await simulation.CallAsync("setWebhook", new JsonObject { ["url"] = receiver.HookUrl, ["max_connections"] = 2 });

        await simulation.Control.SendMessagesAsync(Simulation.BotId, new CustomerMessage { Count = 5, Customers = 5 });
        await Eventually.TrueAsync(() => receiver.Received.Length == 2);
        Assert.Equal(5, (int)(await simulation.WebhookInfoAsync())["pending_update_count"]!);
        Assert.Equal(2, receiver.Received.Length);
        gate.SetResult();

        await simulation.DeliveriesAsync("acknowledged:5");
    }

    [Theory]
    [InlineData(MessageKind.Text, "message", "text")]
    [InlineData(MessageKind.Photo, "message", "photo")]
    [InlineData(MessageKind.Document, "message", "document")]
    [InlineData(MessageKind.Voice, "message", "voice")]
    [InlineData(MessageKind.Video, "message", "video")]
    [InlineData(MessageKind.Location, "message", "location")]
    [InlineData(MessageKind.Sticker, "message", "sticker")]
    [InlineData(MessageKind.Contact, "message", "contact")]
    [InlineData(MessageKind.CallbackQuery, "callback_query", "data")]
    [InlineData(MessageKind.EditedMessage, "edited_message", "edit_date")]
    [InlineData(MessageKind.GroupMessage, "message", "text")]
    [InlineData(MessageKind.Blocked, "my_chat_member", "new_chat_member")]
    [InlineData(MessageKind.Unblocked, "my_chat_member", "old_chat_member")]
    [InlineData(MessageKind.Unknown, "brand_new_kind", "text")]
    public async Task Each_kind_is_one_update_with_one_member(MessageKind kind, string member, string content)
    {
        await using var simulation = await Simulation.StartAsync(localMode: true);
        await using var receiver = await StubReceiver.StartAsync();
        await simulation.SetWebhookAsync(receiver.HookUrl);

        await simulation.Control.SendMessageAsync(Simulation.BotId, new CustomerMessage { Kind = kind });
        await simulation.DeliveriesAsync("acknowledged:1");

        var update = (JsonObject)JsonNode.Parse(Assert.Single(receiver.Received).Body)!;
        Assert.Equal(["update_id", member], update.Select(part => part.Key));
        Assert.NotNull(update[member]![content]);
    }

    [Fact]
    public async Task Kinds_nobody_asked_for_are_never_delivered()
    {
        await using var simulation = await Simulation.StartAsync(localMode: true);
        await using var receiver = await StubReceiver.StartAsync();
        await simulation.CallAsync("setWebhook", new JsonObject { ["url"] = receiver.HookUrl, ["allowed_updates"] = new JsonArray("message") });

        var filtered = await simulation.Control.SendMessageAsync(Simulation.BotId, new CustomerMessage { Kind = MessageKind.CallbackQuery });
        await simulation.Control.SendTextAsync(Simulation.BotId, "wanted");
        await simulation.DeliveriesAsync("acknowledged:1");

        Assert.Equal(DeliveryState.Filtered, filtered.State);
        Assert.Single(receiver.Received);
    }

    [Fact]
    public async Task An_acknowledged_update_can_be_delivered_again_with_the_same_bytes()
    {
        await using var simulation = await Simulation.StartAsync(localMode: true);
        await using var receiver = await StubReceiver.StartAsync();
        await simulation.SetWebhookAsync(receiver.HookUrl);
        var sent = await simulation.Control.SendTextAsync(Simulation.BotId, "once");
        await simulation.DeliveriesAsync("acknowledged:1");

        var again = await simulation.Control.RedeliverAsync(Simulation.BotId, sent.Id);

        Assert.Equal(200, again.Attempt!.Status);
        Assert.Equal(receiver.Received[0].Body, receiver.Received[1].Body);
        Assert.Equal(2, Assert.Single((await simulation.DeliveriesAsync("attempts:2")).Deliveries).Acknowledgements);
    }

    [Fact]
    public async Task Deliveries_fall_silent_with_the_token()
    {
        await using var simulation = await Simulation.StartAsync(localMode: true);
        await using var receiver = await StubReceiver.StartAsync();
        await simulation.SetWebhookAsync(receiver.HookUrl);
        await simulation.Control.RevokeTokenAsync(Simulation.BotId);

        await simulation.Control.SendTextAsync(Simulation.BotId, "into the void");
        await simulation.Control.RevokeTokenAsync(Simulation.BotId, Simulation.Token);
        Assert.Equal(1, (int)(await simulation.WebhookInfoAsync())["pending_update_count"]!);

        Assert.Empty(receiver.Received);
    }

    [Fact]
    public async Task Raw_updates_keep_their_id_and_later_ids_are_higher()
    {
        await using var simulation = await Simulation.StartAsync(localMode: true);
        await using var receiver = await StubReceiver.StartAsync();
        await simulation.SetWebhookAsync(receiver.HookUrl);
        var raw = (JsonObject)JsonNode.Parse("""{"update_id":950000010,"message":{"message_id":1,"chat":{"id":7,"type":"private"},"date":1790000040,"text":"x"}}""")!;

        await simulation.Control.SendUpdateAsync(Simulation.BotId, raw);
        var next = await simulation.Control.SendTextAsync(Simulation.BotId, "later");
        await simulation.DeliveriesAsync("acknowledged:2");

        Assert.Equal("950000011", next.Id);
        Assert.Contains(receiver.Received, request => request.Text == raw.ToJsonString());
    }

    [Fact]
    public async Task Updates_wait_for_a_webhook_and_go_when_dropped()
    {
        await using var simulation = await Simulation.StartAsync(localMode: true);
        await using var receiver = await StubReceiver.StartAsync();
        await simulation.Control.SendTextAsync(Simulation.BotId, "early");
        Assert.Single((JsonArray)(await simulation.CallAsync("getUpdates")).Envelope["result"]!);

        await simulation.CallAsync("setWebhook", new JsonObject { ["url"] = receiver.HookUrl, ["drop_pending_updates"] = true });
        await simulation.Control.SendTextAsync(Simulation.BotId, "late");
        var report = await simulation.DeliveriesAsync("acknowledged:1");

        Assert.Equal([DeliveryState.Discarded, DeliveryState.Acknowledged], report.Deliveries.Select(delivery => delivery.State));
    }

    [Fact]
    public async Task A_method_in_the_answer_is_carried_out_and_held_against_the_receiver()
    {
        await using var simulation = await Simulation.StartAsync(localMode: true);
        await using var receiver = await StubReceiver.StartAsync();
        receiver.Answer = (context, _) => context.Response.WriteAsync("""{"method":"sendMessage","chat_id":5000000001,"text":"echo"}""");
        await simulation.SetWebhookAsync(receiver.HookUrl);

        var sent = await simulation.Control.SendTextAsync(Simulation.BotId, "hello");
        var report = await simulation.DeliveriesAsync("violations:1");
        await simulation.DeliveriesAsync("acknowledged:1");

        Assert.Equal(sent.Id, Assert.Single(report.Violations).DeliveryId);
        Assert.True(Assert.Single(await simulation.Control.GetSentMessagesAsync(Simulation.BotId)).FromWebhookAnswer);
    }
}
