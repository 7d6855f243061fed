using System.Text;
using System.Text.Json.Nodes;
using MessengerOperator.ProviderSimulator.Accounts;
using MessengerOperator.ProviderSimulator.Delivery;

namespace MessengerOperator.ProviderSimulator.Tests.Viber;

/// <summary>Events on their way, as Viber sends them.</summary>
public class ViberDeliveryTests
{
    private static readonly string[] AllKinds = ["delivered", "seen", "failed", "subscribed", "unsubscribed", "conversation_started"];

    [Fact]
    public async Task A_message_is_signed_in_header_and_query_and_raw_utf_8()
    {
        await using var viber = await RegisteredAsync();
        await viber.Control.SendTextAsync(ViberSimulation.BotId, "Привіт 👋 ßé");
        await TakenAsync(viber, 1);

        var message = viber.Receiver.Received[^1];
        Assert.Equal([ViberSimulation.SignatureOf(message)], message.Headers["X-Viber-Content-Signature"]);
        Assert.Equal($"?sig={ViberSimulation.SignatureOf(message)}", message.Query);
        Assert.Contains("Привіт 👋 ßé", Encoding.UTF8.GetString(message.Body), StringComparison.Ordinal);
        Assert.Equal("Ira", (string?)JsonNode.Parse(message.Body)!["sender"]!["name"]);
    }

    [Fact]
    public async Task Without_send_name_nobody_has_a_name()
    {
        await using var viber = await ViberSimulation.StartAsync();
        await viber.CallAsync("set_webhook", new JsonObject { ["url"] = viber.Receiver.HookUrl });
        await viber.DoAsync(MessageKind.Text);
        await TakenAsync(viber, 1);

        Assert.Null(JsonNode.Parse(viber.Receiver.Received[^1].Body)!["sender"]!["name"]);
    }

    [Fact]
    public async Task Every_kind_is_delivered()
    {
        await using var viber = await RegisteredAsync();
        var kinds = (await viber.Control.GetAccountAsync(ViberSimulation.BotId)).Kinds;
        foreach (var kind in kinds)
        {
            await viber.DoAsync(kind);
        }

        await TakenAsync(viber, kinds.Count);
        Assert.All(viber.Receiver.Received, request => Assert.True((long)JsonNode.Parse(request.Body)!["message_token"]! > 1L << 53));
    }

    [Fact]
    public async Task What_was_not_asked_for_is_not_sent()
    {
        await using var viber = await ViberSimulation.StartAsync();
        await viber.SetWebhookAsync();

        Assert.Equal(DeliveryState.Filtered, (await viber.DoAsync(MessageKind.Read)).State);
        Assert.Equal(DeliveryState.Filtered, (await viber.DoAsync(MessageKind.Started)).State);
        Assert.NotEqual(DeliveryState.Filtered, (await viber.DoAsync(MessageKind.Blocked)).State);
    }

    [Fact]
    public async Task Each_device_sends_a_receipt_with_the_same_token()
    {
        await using var viber = await RegisteredAsync(("devices", "3"));
        await viber.Control.SendMessageAsync(ViberSimulation.BotId, new CustomerMessage { Kind = MessageKind.Read, ProviderMessageId = "5900000000000000020" });
        await TakenAsync(viber, 3);

        Assert.Equal([5900000000000000020], viber.Receiver.Received[1..].Select(request => (long)JsonNode.Parse(request.Body)!["message_token"]!).Distinct());
    }

    [Fact]
    public async Task A_users_own_message_may_be_reported_as_delivered()
    {
        await using var viber = await RegisteredAsync(("deliveredForInbound", "true"));
        await viber.DoAsync(MessageKind.Text);
        await TakenAsync(viber, 2);

        var (message, receipt) = (JsonNode.Parse(viber.Receiver.Received[1].Body)!, JsonNode.Parse(viber.Receiver.Received[2].Body)!);
        Assert.Equal("delivered", (string?)receipt["event"]);
        Assert.Equal((long)message["message_token"]!, (long)receipt["message_token"]!);
        Assert.Equal((string?)message["sender"]!["id"], (string?)receipt["user_id"]);
    }

    [Fact]
    public async Task A_message_is_tried_ten_times_in_an_hour_and_a_half()
    {
        await using var viber = await ViberSimulation.StartAsync(fakeClock: true);
        await viber.SetWebhookAsync();
        viber.Receiver.AnswerWith(503);
        await viber.DoAsync(MessageKind.Text);
        int[] pauses = [10, 60, 300, 600, 900, 900, 900, 900, 900];
        for (var tries = 1; tries <= pauses.Length; tries++)
        {
            var pause = TimeSpan.FromSeconds(pauses[tries - 1]);
            var attempts = await AdvanceUntilTriedAsync(viber, tries + 1, pause / 10);
            Assert.InRange(attempts[^1].Time - attempts[^2].Time, pause, pause * 2);
        }

        var report = await viber.Control.GetDeliveriesAsync(ViberSimulation.BotId, "expired:1");
        Assert.Equal(10, report.FailedAttempts);
    }

    [Fact]
    public async Task A_replaced_token_signs_from_then_on()
    {
        await using var viber = await RegisteredAsync();
        await viber.Control.RevokeTokenAsync(ViberSimulation.BotId, ViberSimulation.NewToken);

        Assert.Equal(2, await viber.StatusAsync("get_account_info"));
        await viber.DoAsync(MessageKind.Text);
        await TakenAsync(viber, 1);
        Assert.Equal([ViberSimulation.SignatureOf(viber.Receiver.Received[^1], ViberSimulation.NewToken)], viber.Receiver.Received[^1].Headers["X-Viber-Content-Signature"]);
    }

    [Fact]
    public async Task A_body_in_an_answer_is_a_violation_and_a_message_to_who_opened_the_chat()
    {
        await using var viber = await RegisteredAsync();
        viber.Receiver.Answer = (context, _) => context.Response.Body.WriteAsync("{\"type\":\"text\",\"text\":\"welcome\"}"u8.ToArray()).AsTask();
        await viber.DoAsync(MessageKind.Started);
        await TakenAsync(viber, 1);

        Assert.Single((await viber.Control.GetDeliveriesAsync(ViberSimulation.BotId)).Violations);
        Assert.True(Assert.Single(await viber.Control.GetSentMessagesAsync(ViberSimulation.BotId)).FromWebhookAnswer);
    }

    [Theory]
    [InlineData(SecretHeader.Wrong, 1)]
    [InlineData(SecretHeader.WrongCase, 1)]
    [InlineData(SecretHeader.Missing, 0)]
    [InlineData(SecretHeader.Doubled, 2)]
    [InlineData(SecretHeader.ChangedBody, 1)]
    public async Task A_forgery_is_forged_in_header_and_query(SecretHeader secret, int headers)
    {
        await using var viber = await RegisteredAsync();
        await viber.Control.SendMessageAsync(ViberSimulation.BotId, new CustomerMessage { Secret = secret });

        var forged = viber.Receiver.Received[^1];
        Assert.Equal(headers, forged.Headers.TryGetValue("X-Viber-Content-Signature", out var values) ? values.Length : 0);
        Assert.Equal(secret == SecretHeader.Doubled, forged.Query == $"?sig={ViberSimulation.SignatureOf(forged)}");
    }

    [Fact]
    public async Task The_signature_may_be_in_the_query_only()
    {
        await using var viber = await RegisteredAsync(("signatureHeader", "false"));
        await viber.DoAsync(MessageKind.Text);
        await TakenAsync(viber, 1);

        Assert.False(viber.Receiver.Received[^1].Headers.ContainsKey("X-Viber-Content-Signature"));
        Assert.Equal($"?sig={ViberSimulation.SignatureOf(viber.Receiver.Received[^1])}", viber.Receiver.Received[^1].Query);
    }

    [Fact]
    public async Task A_reply_goes_to_a_subscriber_only()
    {
        await using var viber = await ViberSimulation.StartAsync();
        Assert.Equal(10, await ReplyAsync(viber, "nobody"));
        await viber.SetWebhookAsync(null, AllKinds);
        Assert.Equal(5, await ReplyAsync(viber, "nobody"));

        await viber.DoAsync(MessageKind.Started);
        await TakenAsync(viber, 1);
        var user = (string)JsonNode.Parse(viber.Receiver.Received[^1].Body)!["user"]!["id"]!;
        Assert.Equal(6, await ReplyAsync(viber, user));
        await viber.DoAsync(MessageKind.OptIn);
        Assert.Equal(0, await ReplyAsync(viber, user));
        await viber.DoAsync(MessageKind.Blocked);
        Assert.Equal(6, await ReplyAsync(viber, user));
    }

    private static Task<int> ReplyAsync(ViberSimulation viber, string user) => viber.StatusAsync(
        "send_message",
        new JsonObject { ["receiver"] = user, ["type"] = "text", ["text"] = "We are on it", ["sender"] = new JsonObject { ["name"] = "Acme Support" } });

    private static async Task<ViberSimulation> RegisteredAsync(params (string Name, string Value)[] settings)
    {
        var viber = await ViberSimulation.StartAsync();
        await viber.Control.ChangeAccountSettingsAsync(ViberSimulation.BotId, settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value));
        Assert.Equal(0, (int)(await viber.SetWebhookAsync(null, AllKinds))["status"]!);
        return viber;
    }

    private static async Task<IReadOnlyList<DeliveryAttempt>> AdvanceUntilTriedAsync(ViberSimulation viber, int count, TimeSpan step)
    {
        while (true)
        {
            var attempts = (await viber.Control.GetDeliveriesAsync(ViberSimulation.BotId)).Deliveries[0].Attempts;
            if (attempts.Count >= count)
            {
                return attempts;
            }

            viber.Clock!.Advance(step);
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    private static Task TakenAsync(ViberSimulation viber, int count) => viber.Control.GetDeliveriesAsync(ViberSimulation.BotId, $"acknowledged:{count}");
}
