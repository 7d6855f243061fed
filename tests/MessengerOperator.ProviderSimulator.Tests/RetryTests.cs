using MessengerOperator.ProviderSimulator.Accounts;
using MessengerOperator.ProviderSimulator.Delivery;

namespace MessengerOperator.ProviderSimulator.Tests;

public class RetryTests
{
    [Fact]
    public async Task The_first_retry_is_immediate_and_later_ones_wait_2_4_8_seconds()
    {
        await using var simulation = await Simulation.StartAsync(localMode: true, fakeClock: true);
        await using var receiver = await StubReceiver.StartAsync();
        receiver.AnswerWith(500);
        await simulation.SetWebhookAsync(receiver.HookUrl);

        await simulation.Control.SendTextAsync(Simulation.BotId, "stubborn");
        // Two attempts without the clock moving at all.
        var attempts = Attempts(await simulation.DeliveriesAsync("attempts:2"));
        Assert.Equal(attempts[0].Time, attempts[1].Time);
        foreach (var seconds in new[] { 2, 4, 8, 16 })
        {
            attempts = await AdvanceUntilTriedAsync(simulation, attempts.Count + 1, TimeSpan.FromMilliseconds(500));
            Assert.InRange(attempts[^1].Time - attempts[^2].Time, TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(seconds * 1.5));
        }

        var info = await simulation.WebhookInfoAsync();
        Assert.Equal("Wrong response from the webhook: 500 Internal Server Error", (string?)info["last_error_message"]);
        Assert.Equal(1, (int)info["pending_update_count"]!);
    }

    [Fact]
    public async Task Delays_are_shortened_by_the_time_scale()
    {
        await using var simulation = await Simulation.StartAsync(localMode: true, options: new SimulatorOptions { TimeScale = 0.001 });
        await using var receiver = await StubReceiver.StartAsync();
        receiver.AnswerWith(503);
        await simulation.SetWebhookAsync(receiver.HookUrl);
        await simulation.Control.SendTextAsync(Simulation.BotId, "quick");
        // 0 + 2 + 4 + 8 + 16 + 32 seconds of the provider's time.
        await simulation.DeliveriesAsync("attempts:7");

        receiver.AnswerWith(200);

        await simulation.DeliveriesAsync("acknowledged:1");
    }

    [Theory]
    [InlineData("30", 30)]
    [InlineData("999999", 3600)]
    public async Task Retry_after_of_a_refusal_is_honoured_up_to_an_hour(string retryAfter, int seconds)
    {
        await using var simulation = await Simulation.StartAsync(localMode: true, fakeClock: true);
        await using var receiver = await StubReceiver.StartAsync();
        receiver.AnswerWith(503, "Retry-After", retryAfter);
        await simulation.SetWebhookAsync(receiver.HookUrl);
        await simulation.Control.SendTextAsync(Simulation.BotId, "later please");
        await simulation.DeliveriesAsync("attempts:1");

        var attempts = await AdvanceUntilTriedAsync(simulation, 2, TimeSpan.FromSeconds(seconds / 30.0));

        Assert.InRange(attempts[1].Time - attempts[0].Time, TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(seconds * 1.5));
    }

    [Fact]
    public async Task An_update_is_given_up_after_24_hours()
    {
        await using var simulation = await Simulation.StartAsync(localMode: true, fakeClock: true);
        await using var receiver = await StubReceiver.StartAsync();
        receiver.AnswerWith(500);
        await simulation.SetWebhookAsync(receiver.HookUrl);
        await simulation.Control.SendTextAsync(Simulation.BotId, "too late");
        await simulation.DeliveriesAsync("attempts:2");

        simulation.Clock!.Advance(TimeSpan.FromHours(24));
        var report = await simulation.DeliveriesAsync("expired:1");

        Assert.Equal(0, report.Pending);
    }

    [Fact]
    public async Task A_webhook_that_answers_410_for_23_hours_is_deleted_and_500_never_is()
    {
        await using var simulation = await Simulation.StartAsync(localMode: true, fakeClock: true);
        await using var receiver = await StubReceiver.StartAsync();
        receiver.AnswerWith(410);
        await simulation.SetWebhookAsync(receiver.HookUrl);
        await simulation.Control.SendTextAsync(Simulation.BotId, "gone");
        await simulation.DeliveriesAsync("attempts:2");

        simulation.Clock!.Advance(TimeSpan.FromHours(22));
        await simulation.DeliveriesAsync("attempts:3");
        Assert.NotNull((await simulation.Control.GetRegistrationsAsync(Simulation.BotId)).Current);
        simulation.Clock.Advance(TimeSpan.FromHours(1.5));
        var report = await simulation.Control.GetRegistrationsAsync(Simulation.BotId, "registered:0");

        Assert.Equal(RegistrationActor.Provider, report.History[^1].Actor);
    }

    [Theory]
    [InlineData(302, "Wrong response from the webhook: 302 Found")]
    [InlineData(404, "Wrong response from the webhook: 404 Not Found")]
    public async Task Redirects_and_refusals_are_failures(int status, string error)
    {
        await using var simulation = await Simulation.StartAsync(localMode: true, fakeClock: true);
        await using var receiver = await StubReceiver.StartAsync();
        receiver.AnswerWith(status, "Location", "/elsewhere");
        await simulation.SetWebhookAsync(receiver.HookUrl);

        await simulation.Control.SendTextAsync(Simulation.BotId, "no");
        await simulation.DeliveriesAsync("failedAttempts:2");

        Assert.Equal(error, (string?)(await simulation.WebhookInfoAsync())["last_error_message"]);
        Assert.DoesNotContain(receiver.Received, request => request.Path == "/elsewhere");
    }

    [Fact]
    public async Task A_dead_receiver_registers_and_shows_only_in_the_last_error_which_a_new_registration_clears()
    {
        await using var simulation = await Simulation.StartAsync(localMode: true, fakeClock: true);
        Assert.Equal(200, (await simulation.SetWebhookAsync("http://127.0.0.1:1/hook")).Status);
        await simulation.Control.SendTextAsync(Simulation.BotId, "anyone?");
        await simulation.DeliveriesAsync("failedAttempts:2");
        Assert.Equal("Connection refused", (string?)(await simulation.WebhookInfoAsync())["last_error_message"]);

        await using var receiver = await StubReceiver.StartAsync();
        simulation.Clock!.Advance(TimeSpan.FromSeconds(1));
        await simulation.SetWebhookAsync(receiver.HookUrl);

        Assert.False((await simulation.WebhookInfoAsync()).ContainsKey("last_error_message"));
        simulation.Clock.Advance(TimeSpan.FromSeconds(2));
        await simulation.DeliveriesAsync("acknowledged:1");
    }

    [Fact]
    public async Task A_receiver_that_never_answers_times_out()
    {
        await using var simulation = await Simulation.StartAsync(localMode: true, options: new SimulatorOptions { AnswerTimeout = TimeSpan.FromMilliseconds(200) });
        await using var receiver = await StubReceiver.StartAsync();
        receiver.Answer = (context, _) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        await simulation.SetWebhookAsync(receiver.HookUrl);

        await simulation.Control.SendTextAsync(Simulation.BotId, "hello?");
        var report = await simulation.DeliveriesAsync("failedAttempts:1");

        Assert.Equal("Read timeout expired", report.Deliveries[0].Attempts[0].Error);
    }

    private static IReadOnlyList<DeliveryAttempt> Attempts(DeliveryReport report) => Assert.Single(report.Deliveries).Attempts;

    /// <summary>Moves the clock in steps and lets the simulator catch up in between.</summary>
    private static async Task<IReadOnlyList<DeliveryAttempt>> AdvanceUntilTriedAsync(Simulation simulation, int attempts, TimeSpan step)
    {
        for (var steps = 0; steps < 1000; steps++)
        {
            var report = await simulation.Control.GetDeliveriesAsync(Simulation.BotId);
            if (report.Attempts >= attempts)
            {
                return Attempts(report);
            }

            simulation.Clock!.Advance(step);
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException("It was not tried again.");
    }
}
