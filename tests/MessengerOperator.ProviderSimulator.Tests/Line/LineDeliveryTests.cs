using System.Text;
using System.Text.Json.Nodes;
using MessengerOperator.ProviderSimulator.Accounts;
using MessengerOperator.ProviderSimulator.Delivery;

namespace MessengerOperator.ProviderSimulator.Tests.Line;

/// <summary>Events on their way to a receiver.</summary>
public class LineDeliveryTests
{
    // The events of the vectors L1 and L2 of LINE's page.
    private const string L1 = """{"type":"message","message":{"type":"text","id":"500000000000000001","quoteToken":"q3Plxr4AgKd0001","text":"hello operator"},"webhookEventId":"01J0000000000000000000000A","deliveryContext":{"isRedelivery":false},"timestamp":1790000000042,"source":{"type":"user","userId":"Uaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"},"replyToken":"0123456789abcdef0123456789abcdef","mode":"active"}""";
    private const string L2 = """{"type":"message","message":{"type":"text","id":"500000000000000002","quoteToken":"q3Plxr4AgKd0002","text":"สวัสดี 日本 😀"},"webhookEventId":"01J0000000000000000000000B","deliveryContext":{"isRedelivery":true},"timestamp":1790000001042,"source":{"type":"group","groupId":"Cbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb","userId":"Uaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"},"replyToken":"fedcba9876543210fedcba9876543210","mode":"active"}""";

    [Theory]
    [InlineData(L1, "30mCl/ox2Z48O4r+uDsTMDs9EPwAUch+xyIH8QEbwpg=")]
    [InlineData(L2, "X3KQYYGXJMw+N9cPoNbDi+AM2j4IWYEUWffFm4bJIeg=")]
    public async Task A_request_is_raw_utf_8_and_signed_as_the_published_vectors_are(string item, string signature)
    {
        await using var simulation = await LineSimulation.StartRegisteredAsync();
        await simulation.Control.SendUpdateAsync(LineSimulation.BotId, (JsonObject)JsonNode.Parse(item)!);
        await simulation.DeliveriesAsync("acknowledged:1");
        var received = Assert.Single(simulation.Receiver.Received);
        Assert.Equal($$"""{"destination":"{{LineSimulation.BotId}}","events":[{{item}}]}""", Encoding.UTF8.GetString(received.Body));
        Assert.Equal([signature], received.Header("x-line-signature"));
    }

    [Theory]
    [InlineData(MessageKind.Text, "message")]
    [InlineData(MessageKind.Photo, "message")]
    [InlineData(MessageKind.Video, "message")]
    [InlineData(MessageKind.Audio, "message")]
    [InlineData(MessageKind.Document, "message")]
    [InlineData(MessageKind.Location, "message")]
    [InlineData(MessageKind.Sticker, "message")]
    [InlineData(MessageKind.GroupMessage, "message")]
    [InlineData(MessageKind.Standby, "message")]
    [InlineData(MessageKind.CallbackQuery, "postback")]
    [InlineData(MessageKind.Started, "follow")]
    [InlineData(MessageKind.Unblocked, "follow")]
    [InlineData(MessageKind.Blocked, "unfollow")]
    [InlineData(MessageKind.Deleted, "unsend")]
    [InlineData(MessageKind.GroupJoined, "join")]
    [InlineData(MessageKind.GroupLeft, "leave")]
    [InlineData(MessageKind.Unknown, "telepathy")]
    public async Task Every_kind_has_what_every_event_has(MessageKind kind, string type)
    {
        await using var simulation = await LineSimulation.StartRegisteredAsync();
        await simulation.Control.SendMessageAsync(LineSimulation.BotId, new CustomerMessage { Kind = kind });
        await simulation.DeliveriesAsync("acknowledged:1");
        var item = Events(Assert.Single(simulation.Receiver.Received)).Single();
        Assert.Equal(type, (string?)item["type"]);
        Assert.Matches("^[0-9A-HJKMNP-TV-Z]{26}$", (string?)item["webhookEventId"]);
        Assert.False((bool)item["deliveryContext"]!["isRedelivery"]!);
        Assert.Equal(kind == MessageKind.Standby ? "standby" : "active", (string?)item["mode"]);
        Assert.True((long)item["timestamp"]! > 1_700_000_000_000);
        Assert.NotNull(item["source"]!["type"]);
    }

    [Fact]
    public async Task A_room_a_picker_and_a_picture_from_elsewhere_are_options()
    {
        await using var simulation = await LineSimulation.StartRegisteredAsync();
        await simulation.Control.SendMessageAsync(LineSimulation.BotId, new CustomerMessage { Kind = MessageKind.GroupMessage, Options = new Dictionary<string, string> { ["room"] = "7" } });
        await simulation.Control.SendMessageAsync(LineSimulation.BotId, new CustomerMessage { Kind = MessageKind.CallbackQuery, Options = new Dictionary<string, string> { ["datetime"] = "2026-03-01T10:00" } });
        await simulation.Control.SendMessageAsync(LineSimulation.BotId, new CustomerMessage { Kind = MessageKind.Photo, Options = new Dictionary<string, string> { ["url"] = "https://cdn.example.invalid/1.jpg" } });
        await simulation.DeliveriesAsync("acknowledged:3");
        var items = simulation.Receiver.Received.SelectMany(Events).ToList();
        Assert.Contains(items, item => (string?)item["source"]!["roomId"] == "R00000000000000000000000000000007");
        Assert.Contains(items, item => (string?)item["postback"]?["params"]?["datetime"] == "2026-03-01T10:00");
        Assert.Contains(items, item => (string?)item["message"]?["contentProvider"]?["originalContentUrl"] == "https://cdn.example.invalid/1.jpg");
        await Assert.ThrowsAsync<HttpRequestException>(() => simulation.Control.SendMessageAsync(LineSimulation.BotId, new CustomerMessage { Options = new Dictionary<string, string> { ["url"] = "x" } }));
    }

    [Fact]
    public async Task Several_events_go_in_one_request_in_their_order()
    {
        await using var simulation = await LineSimulation.StartRegisteredAsync();
        await simulation.Control.SendMessagesAsync(LineSimulation.BotId, new CustomerMessage { Text = "number {n}", Count = 7, Customers = 3, Batch = true });
        await simulation.DeliveriesAsync("acknowledged:7");
        var events = Events(Assert.Single(simulation.Receiver.Received));
        Assert.Equal(Enumerable.Range(1, 7).Select(number => $"number {number}"), events.Select(item => (string?)item["message"]!["text"]));
        Assert.Equal(3, events.Select(item => (string?)item["source"]!["userId"]).Distinct().Count());
    }

    [Fact]
    public async Task A_failed_request_is_lost_unless_redelivery_is_on()
    {
        await using var simulation = await LineSimulation.StartRegisteredAsync();
        simulation.Receiver.AnswerWith(503);
        await simulation.Control.SendTextAsync(LineSimulation.BotId, "lost");
        var report = await simulation.DeliveriesAsync("expired:1");
        Assert.Equal((1, 0), (report.Attempts, report.Pending));
    }

    [Fact]
    public async Task With_redelivery_on_it_comes_again_after_1_5_30_and_120_minutes_marked_and_otherwise_the_same()
    {
        await using var simulation = await LineSimulation.StartRegisteredAsync(fakeClock: true);
        await simulation.SetAsync("redelivery", "true");
        simulation.Receiver.AnswerWith(503);
        await simulation.Control.SendTextAsync(LineSimulation.BotId, "stubborn");
        await simulation.DeliveriesAsync("attempts:1");
        foreach (var (attempts, minutes) in new[] { (2, 1), (3, 5), (4, 30), (5, 120) })
        {
            var tried = Assert.Single((await simulation.AdvanceUntilTriedAsync(attempts, TimeSpan.FromSeconds(minutes))).Deliveries).Attempts;
            Assert.InRange(tried[^1].Time - tried[^2].Time, TimeSpan.FromMinutes(minutes), TimeSpan.FromMinutes(minutes * 1.5));
        }

        await simulation.DeliveriesAsync("expired:1");
        var items = simulation.Receiver.Received.Select(request => Events(request).Single()).ToList();
        Assert.Equal([false, true, true, true, true], items.Select(item => (bool)item["deliveryContext"]!["isRedelivery"]!));
        Assert.Single(items.Select(item => (item["webhookEventId"]!.ToString(), item["timestamp"]!.ToString(), item["replyToken"]!.ToString())).Distinct());
        Assert.All(simulation.Receiver.Received, request => Assert.Equal([LineSimulation.SignatureOf(request.Body)], request.Header("x-line-signature")));
    }

    [Theory]
    [InlineData("true", false)]
    [InlineData("false", true)]
    public async Task Later_events_overtake_a_failing_one_when_order_is_not_kept(string keepsOrder, bool overtakes)
    {
        await using var simulation = await LineSimulation.StartRegisteredAsync(fakeClock: true);
        await simulation.SetAsync("redelivery", "true");
        await simulation.SetAsync("keepsOrder", keepsOrder);
        simulation.Receiver.AnswerWith(503);
        await simulation.Control.SendTextAsync(LineSimulation.BotId, "first");
        await simulation.DeliveriesAsync("attempts:1");
        simulation.Receiver.AnswerWith(200);
        await simulation.Control.SendTextAsync(LineSimulation.BotId, "second");
        if (overtakes)
        {
            await simulation.DeliveriesAsync("acknowledged:1");
        }

        await simulation.AdvanceUntilTriedAsync(3, TimeSpan.FromSeconds(5));
        await simulation.DeliveriesAsync("acknowledged:2");

        var order = simulation.Receiver.Received.Skip(1).SelectMany(Events).Select(item => (string?)item["message"]!["text"]);
        Assert.Equal(overtakes ? ["second", "first"] : ["first", "second"], order);
    }

    [Fact]
    public async Task Two_seconds_are_all_the_time_there_is()
    {
        await using var simulation = await LineSimulation.StartRegisteredAsync();
        simulation.Receiver.Answer = (context, _) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        await simulation.Control.SendTextAsync(LineSimulation.BotId, "hello?");
        var attempt = Assert.Single(Assert.Single((await simulation.DeliveriesAsync("expired:1")).Deliveries).Attempts);
        Assert.Equal(DeliveryFailure.TimedOut, attempt.Failure);
        Assert.InRange(attempt.DurationMilliseconds, 1900, 10_000);
    }

    [Theory]
    [InlineData("active", "false")]
    [InlineData("suspended", "true")]
    public async Task While_the_webhook_is_off_events_are_gone(string setting, string value)
    {
        await using var simulation = await LineSimulation.StartRegisteredAsync();
        await simulation.SetAsync(setting, value);
        Assert.Equal(DeliveryState.Filtered, (await simulation.Control.SendTextAsync(LineSimulation.BotId, "nobody hears")).State);
        await simulation.SetAsync(setting, value == "true" ? "false" : "true");
        await simulation.Control.SendTextAsync(LineSimulation.BotId, "heard");
        await simulation.DeliveriesAsync("acknowledged:1");
    }

    [Fact]
    public async Task After_failures_in_a_row_LINE_stops_sending()
    {
        await using var simulation = await LineSimulation.StartRegisteredAsync();
        await simulation.SetAsync("suspendAfterFailures", "2");
        simulation.Receiver.AnswerWith(500);
        await simulation.Control.SendTextAsync(LineSimulation.BotId, "one");
        await simulation.DeliveriesAsync("expired:1");
        await simulation.Control.SendTextAsync(LineSimulation.BotId, "two");
        await simulation.DeliveriesAsync("expired:2");
        Assert.Equal("true", (await simulation.Control.GetAccountAsync(LineSimulation.BotId)).Settings["suspended"]);
        Assert.Equal(DeliveryState.Filtered, (await simulation.Control.SendTextAsync(LineSimulation.BotId, "three")).State);
    }

    [Fact]
    public async Task A_reissued_secret_signs_at_once()
    {
        await using var simulation = await LineSimulation.StartRegisteredAsync();
        await simulation.SetAsync("channelSecret", "00000000000000000000000000000001");
        await simulation.Control.SendTextAsync(LineSimulation.BotId, "signed anew");
        await simulation.DeliveriesAsync("acknowledged:1");
        var received = Assert.Single(simulation.Receiver.Received);
        Assert.Equal([LineSimulation.SignatureOf(received.Body, "00000000000000000000000000000001")], received.Header("x-line-signature"));
    }

    [Fact]
    public async Task Another_channel_at_the_same_url_has_its_own_destination_and_signature()
    {
        await using var simulation = await LineSimulation.StartRegisteredAsync();
        var other = await simulation.Control.CreateAccountAsync(new AccountRequest { Provider = "Line", LocalMode = true });
        await simulation.Control.OverwriteWebhookAsync(other.Id, new WebhookChange { Url = simulation.Receiver.HookUrl });
        await simulation.Control.SendTextAsync(other.Id, "not for you");
        await simulation.Control.GetDeliveriesAsync(other.Id, "acknowledged:1");
        var received = Assert.Single(simulation.Receiver.Received);
        Assert.Equal(other.Id, (string?)JsonNode.Parse(received.Text)!["destination"]);
        Assert.NotEqual([LineSimulation.SignatureOf(received.Body)], received.Header("x-line-signature"));
    }

    [Theory]
    [InlineData(SecretHeader.Wrong, 1, false)]
    [InlineData(SecretHeader.Missing, 0, false)]
    [InlineData(SecretHeader.Doubled, 2, true)]
    [InlineData(SecretHeader.ChangedBody, 1, false)]
    public async Task A_forged_event_is_sent_once_with_a_signature_as_told(SecretHeader secret, int times, bool genuine)
    {
        await using var simulation = await LineSimulation.StartRegisteredAsync();
        var accepted = await simulation.Control.SendMessageAsync(LineSimulation.BotId, new CustomerMessage { Secret = secret });
        Assert.Equal(DeliveryState.Forged, accepted.State);
        var received = Assert.Single(simulation.Receiver.Received);
        var signatures = received.Header("x-line-signature");
        Assert.Equal(times, signatures.Length);
        Assert.All(signatures, signature => Assert.Equal(44, signature.Length));
        Assert.Equal(genuine, signatures.Contains(LineSimulation.SignatureOf(received.Body)));
    }

    [Fact]
    public async Task A_known_event_can_be_repeated_out_of_turn_marked_as_such()
    {
        await using var simulation = await LineSimulation.StartRegisteredAsync();
        var accepted = await simulation.Control.SendTextAsync(LineSimulation.BotId, "once more");
        await simulation.DeliveriesAsync("acknowledged:1");
        await simulation.Control.RedeliverAsync(LineSimulation.BotId, accepted.Id);
        var repeated = Events(simulation.Receiver.Received[1]).Single();
        Assert.Equal((accepted.Id, true), ((string?)repeated["webhookEventId"], (bool)repeated["deliveryContext"]!["isRedelivery"]!));
    }

    [Fact]
    public async Task Requests_without_events_come_by_themselves_when_asked_for()
    {
        await using var simulation = await LineSimulation.StartRegisteredAsync();
        await simulation.SetAsync("probePercent", "100");
        await simulation.Control.SendTextAsync(LineSimulation.BotId, "after a probe");
        await simulation.Control.SendMessageAsync(LineSimulation.BotId, new CustomerMessage { Kind = MessageKind.Probe });
        await simulation.DeliveriesAsync("acknowledged:3");
        Assert.Contains(simulation.Receiver.Received, request => Events(request).Count == 0);
    }

    [Fact]
    public async Task An_answer_of_2xx_that_is_not_200_counts_and_is_noted()
    {
        await using var simulation = await LineSimulation.StartRegisteredAsync();
        simulation.Receiver.AnswerWith(204);
        await simulation.Control.SendTextAsync(LineSimulation.BotId, "fine");
        Assert.Contains("LINE asks for 200", Assert.Single((await simulation.DeliveriesAsync("acknowledged:1")).Violations).Description, StringComparison.Ordinal);
    }

    private static List<JsonNode> Events(ReceivedRequest request) => [.. JsonNode.Parse(request.Text)!["events"]!.AsArray().Select(item => item!)];
}
