using System.Text.Json.Nodes;
using MessengerOperator.ProviderSimulator.Accounts;
using MessengerOperator.ProviderSimulator.Delivery;

namespace MessengerOperator.ProviderSimulator.Tests.Nexmo;

/// <summary>How Vonage calls and calls again.</summary>
public class NexmoDeliveryTests
{
    [Theory]
    [InlineData(503)]
    [InlineData(429)]
    public async Task After_5xx_and_429_it_is_tried_again_after_5_10_20_seconds(int status)
    {
        await using var vonage = await NexmoSimulation.StartAsync(fakeClock: true);
        await using var receiver = await RegisteredAsync(vonage);
        receiver.AnswerWith(status);
        await vonage.Control.SendTextAsync(NexmoSimulation.ApiKey, "hello");
        var attempts = (await vonage.Control.GetDeliveriesAsync(NexmoSimulation.ApiKey, "attempts:1")).Deliveries[0].Attempts;
        foreach (var seconds in new[] { 5, 10, 20 })
        {
            attempts = await AdvanceUntilTriedAsync(vonage, attempts.Count + 1);
            Assert.InRange((attempts[^1].Time - attempts[^2].Time).TotalSeconds, seconds, seconds * 1.5);
        }
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    public async Task After_any_other_refusal_the_message_is_lost(int status)
    {
        await using var vonage = await NexmoSimulation.StartAsync();
        await using var receiver = await RegisteredAsync(vonage);
        receiver.AnswerWith(status);
        await vonage.Control.SendTextAsync(NexmoSimulation.ApiKey, "hello");

        Assert.Equal(1, (await vonage.Control.GetDeliveriesAsync(NexmoSimulation.ApiKey, "expired:1")).Attempts);
    }

    [Fact]
    public async Task By_the_older_article_everything_is_tried_again()
    {
        await using var vonage = await NexmoSimulation.StartAsync(timeScale: 0.0001, settings: ("retries", "older"));
        await using var receiver = await RegisteredAsync(vonage);
        receiver.AnswerWith(403);
        await vonage.Control.SendTextAsync(NexmoSimulation.ApiKey, "hello");
        await vonage.Control.GetDeliveriesAsync(NexmoSimulation.ApiKey, "attempts:3");

        receiver.AnswerWith(200);

        await vonage.Control.GetDeliveriesAsync(NexmoSimulation.ApiKey, "acknowledged:1");
    }

    [Fact]
    public async Task Without_signing_which_is_the_default_there_is_no_signature_and_nothing_to_forge()
    {
        await using var vonage = await NexmoSimulation.StartAsync();
        await using var receiver = await RegisteredAsync(vonage);
        await vonage.Control.SendTextAsync(NexmoSimulation.ApiKey, "hello");
        await vonage.Control.GetDeliveriesAsync(NexmoSimulation.ApiKey, "acknowledged:1");

        Assert.Equal("GET", receiver.Received[^1].Method);
        Assert.DoesNotContain("sig=", receiver.Received[^1].Query, StringComparison.Ordinal);
        await Assert.ThrowsAsync<HttpRequestException>(() => vonage.Control.SendMessageAsync(NexmoSimulation.ApiKey, new CustomerMessage { Secret = SecretHeader.Wrong }));
    }

    [Theory]
    [InlineData("true", 2)]
    [InlineData("false", 1)]
    public async Task A_repeat_is_signed_afresh_or_not_as_told(string afresh, int nonces)
    {
        await using var vonage = await NexmoSimulation.StartAsync(timeScale: 0.0001, settings: [("signed", "true"), ("format", "post-json"), ("signsRetriesAfresh", afresh)]);
        await using var receiver = await RegisteredAsync(vonage);
        receiver.AnswerWith(503);
        await vonage.Control.SendTextAsync(NexmoSimulation.ApiKey, "hello");
        await vonage.Control.GetDeliveriesAsync(NexmoSimulation.ApiKey, "attempts:2");

        Assert.Equal(nonces, receiver.Received.Where(request => request.Method == "POST").Take(2).Select(request => (string?)JsonNode.Parse(request.Body)!["nonce"]).Distinct().Count());
    }

    [Fact]
    public async Task A_number_with_a_webhook_of_its_own_goes_there_and_receipts_to_the_account()
    {
        await using var vonage = await NexmoSimulation.StartAsync(settings: ("numbers", "GB/447700900000,PL/48500100300"));
        await using var account = await RegisteredAsync(vonage);
        await using var number = await StubReceiver.StartAsync();
        await vonage.PostAsync("number/update", ("country", "PL"), ("msisdn", "48500100300"), ("moHttpUrl", number.HookUrl));

        await vonage.Control.SendMessageAsync(NexmoSimulation.ApiKey, new CustomerMessage { Options = new Dictionary<string, string> { ["to"] = "48500100300" } });
        await vonage.Control.SendMessageAsync(NexmoSimulation.ApiKey, new CustomerMessage { Kind = MessageKind.Delivered, Options = new Dictionary<string, string> { ["to"] = "48500100300" } });
        await vonage.Control.GetDeliveriesAsync(NexmoSimulation.ApiKey, "acknowledged:2");

        Assert.Contains("type=text", number.Received[^1].Query, StringComparison.Ordinal);
        Assert.Contains("status=delivered", account.Received[^1].Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_dashboards_switch_decides_which_API_a_message_goes_to()
    {
        await using var vonage = await NexmoSimulation.StartAsync();
        await using var receiver = await RegisteredAsync(vonage);
        await vonage.Control.ChangeAccountSettingAsync(NexmoSimulation.ApiKey, "defaultApi", "messages");

        Assert.Equal(DeliveryState.Filtered, (await vonage.Control.SendTextAsync(NexmoSimulation.ApiKey, "hello")).State);

        await vonage.Control.OverwriteWebhookAsync(NexmoSimulation.ApiKey, new WebhookChange { Scope = $"application/{NexmoSimulation.ApplicationId}", Url = receiver.HookUrl });
        await vonage.Control.SendTextAsync(NexmoSimulation.ApiKey, "hello");
        await vonage.Control.GetDeliveriesAsync(NexmoSimulation.ApiKey, "acknowledged:1");
        Assert.StartsWith("Bearer ", Assert.Single(receiver.Received[^1].Header("Authorization")), StringComparison.Ordinal);
    }

    private static async Task<StubReceiver> RegisteredAsync(NexmoSimulation vonage)
    {
        var receiver = await StubReceiver.StartAsync();
        Assert.Equal(200, (await vonage.PostAsync("account/settings", ("moCallBackUrl", receiver.HookUrl), ("drCallBackUrl", receiver.HookUrl))).Status);
        return receiver;
    }

    private static async Task<IReadOnlyList<DeliveryAttempt>> AdvanceUntilTriedAsync(NexmoSimulation vonage, int attempts)
    {
        for (var steps = 0; steps < 1000; steps++)
        {
            var report = await vonage.Control.GetDeliveriesAsync(NexmoSimulation.ApiKey);
            if (report.Attempts >= attempts)
            {
                return report.Deliveries[0].Attempts;
            }

            vonage.Clock!.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException("It was not tried again.");
    }
}
