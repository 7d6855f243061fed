using MessengerOperator.Providers.Accounts;
using MessengerOperator.ProviderSimulator.Faults;

namespace MessengerOperator.Providers.Tests.Line;

/// <summary>The webhook endpoint: set, tested, read back, compared and removed, against the simulator.</summary>
public sealed class LineRegistrationTests : LineAccountTestBase
{
    [Fact]
    public async Task A_registration_is_tested_reads_back_without_differences_and_goes_again()
    {
        var before = Ok(await Accounts.ObserveAsync(Account(), Target, Cancelled));
        Assert.Null(before.Url);
        Assert.Equal(["endpoint"], before.Differences);

        Ok(await Accounts.RegisterAsync(Account(), Target, Cancelled));

        var after = Ok(await Accounts.ObserveAsync(Account(), Target, Cancelled));
        Assert.Equal(Receiver.Url.AbsoluteUri, after.Url);
        Assert.Empty(after.Differences);
        Assert.Null(after.ManualAction);
        Assert.Equal(1, (await Control.GetCallsAsync(BotId, cancellationToken: Cancelled)).Of("testWebhookEndpoint"));

        Assert.Equal(Deregistration.Removed, Ok(await Accounts.DeregisterAsync(Account(), Ours, Cancelled)));
        Assert.Equal(Deregistration.AlreadyGone, Ok(await Accounts.DeregisterAsync(Account(), Ours, Cancelled)));
    }

    [Fact]
    public async Task The_test_is_of_our_endpoint_even_while_the_former_is_in_effect()
    {
        await Control.OverwriteWebhookAsync(BotId, new() { Url = "https://elsewhere.example.invalid/hook" }, Cancelled);
        await Control.ChangeAccountSettingAsync(BotId, "endpointDelaySeconds", "60", Cancelled);

        Assert.True(Ok(await Accounts.RegisterAsync(Account(), Target, Cancelled)).Changed);
    }

    [Fact]
    public async Task While_the_switch_is_off_somebody_has_to_turn_it_on_but_only_for_our_endpoint()
    {
        await Control.ChangeAccountSettingAsync(BotId, "active", "false", Cancelled);
        Ok(await Accounts.RegisterAsync(Account(), Target, Cancelled));

        Assert.Contains("'Use webhook'", Ok(await Accounts.ObserveAsync(Account(), Target, Cancelled)).ManualAction, StringComparison.Ordinal);
        Assert.Null(Ok(await Accounts.ObserveAsync(Account(), Target with { Url = new Uri("https://other.example.invalid/hook") }, Cancelled)).ManualAction);
    }

    [Fact]
    public async Task Somebody_elses_endpoint_is_seen_as_a_difference_and_left_alone()
    {
        await Control.OverwriteWebhookAsync(BotId, new() { Url = "https://elsewhere.example.invalid/hook" }, Cancelled);

        Assert.Equal(["endpoint"], Ok(await Accounts.ObserveAsync(Account(), Target, Cancelled)).Differences);
        Assert.True(Ok(await Accounts.ObserveAsync(Account(), Target, Cancelled)).DeliversElsewhere);
        Assert.Equal(Deregistration.NotOurs, Ok(await Accounts.DeregisterAsync(Account(), Ours, Cancelled)));
        Assert.NotNull((await Control.GetRegistrationsAsync(BotId, cancellationToken: Cancelled)).Current);
    }

    [Fact]
    public async Task With_the_token_of_another_account_nothing_is_removed()
    {
        Ok(await Accounts.RegisterAsync(Account(), Target, Cancelled));

        Assert.IsType<ProviderFailure.AccountMismatch>((await Accounts.DeregisterAsync(Account(), Ours with { AccountId = "Uffffffffffffffffffffffffffffffff" }, Cancelled)).Failure);
        Assert.NotNull((await Control.GetRegistrationsAsync(BotId, cancellationToken: Cancelled)).Current);
    }

    [Fact]
    public async Task When_LINE_will_not_clear_the_endpoint_the_failure_is_final_and_says_what_to_do()
    {
        Ok(await Accounts.RegisterAsync(Account(), Target, Cancelled));
        await Control.ChangeAccountSettingAsync(BotId, "acceptsEmptyEndpoint", "false", Cancelled);

        var rejected = Assert.IsType<ProviderFailure.Rejected>((await Accounts.DeregisterAsync(Account(), Ours, Cancelled)).Failure);

        Assert.False(rejected.Retry);
        Assert.Contains("turn off 'Use webhook'", rejected.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_url_that_is_too_long_is_refused_before_any_call()
    {
        var target = Target with { Url = new Uri($"https://hooks.acme.example/{new string('a', 480)}") };

        var rejected = Assert.IsType<ProviderFailure.Rejected>((await Accounts.RegisterAsync(Account(), target, Cancelled)).Failure);

        Assert.False(rejected.Retry);
        Assert.Contains("500 characters", rejected.Advice, StringComparison.Ordinal);
        Assert.Empty(await CallsAsync());
    }

    [Fact]
    public async Task A_url_that_LINE_does_not_like_is_refused_with_its_words_in_the_event()
    {
        await Control.SetLocalModeAsync(BotId, enabled: false, Cancelled);

        var rejected = Assert.IsType<ProviderFailure.Rejected>((await Accounts.RegisterAsync(Account(), Target, Cancelled)).Failure);

        Assert.False(rejected.Retry);
        Assert.Contains("spec.webhook.url", rejected.Advice, StringComparison.Ordinal);
        Assert.Equal("Invalid webhook endpoint URL; endpoint: Must be a valid HTTPS URL", rejected.Detail);
    }

    [Fact]
    public async Task What_LINE_repeats_of_the_request_is_passed_on_without_secrets_and_on_one_line()
    {
        await Control.SetFaultAsync(BotId, "setWebhookEndpoint", new Fault { Status = 400, Description = $"Bearer {Token}\r\n{ChannelSecret}" }, Cancelled);

        Assert.Equal("Bearer [redacted]  [redacted]", (await Accounts.RegisterAsync(Account(), Target, Cancelled)).Failure?.Detail);
    }

    [Fact]
    public async Task A_receiver_with_another_secret_fails_the_test_call_and_the_advice_says_so()
    {
        await Control.ChangeAccountSettingAsync(BotId, "channelSecret", "00000000000000000000000000000001", Cancelled);

        var rejected = await TestFailsAsync(Target);

        Assert.Contains("channel secret is the channel's present one", rejected.Advice, StringComparison.Ordinal);
        Assert.Equal("ERROR_STATUS_CODE 401: 401", rejected.Detail);
    }

    [Fact]
    public async Task A_receiver_that_is_too_slow_fails_the_test_call()
    {
        Receiver.Instead = context => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        Assert.Contains("within its 2 seconds", (await TestFailsAsync(Target)).Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_nobody_listens_at_fails_the_test_call() =>
        Assert.Contains("cannot connect", (await TestFailsAsync(Target with { Url = new Uri("http://127.0.0.1:9/hook") })).Advice, StringComparison.Ordinal);

    [Theory]
    [InlineData("{\"success\":false,\"timestamp\":\"2026-03-01T12:00:00.000Z\",\"statusCode\":-1,\"reason\":\"UNCLASSIFIED\",\"detail\":\"?\"}", "no known reason")]
    [InlineData("{\"success\":false,\"timestamp\":\"2026-03-01T12:00:00.000Z\",\"statusCode\":0,\"reason\":\"could_not_connect\",\"detail\":\"?\"}", "cannot connect")]
    [InlineData("{\"success\":false,\"timestamp\":\"2026-03-01T12:00:00.000Z\",\"statusCode\":0,\"reason\":\"A_NEW_ONE\",\"detail\":\"?\"}", "no known reason")]
    public async Task Every_reason_of_a_failed_test_has_its_advice(string answer, string advice)
    {
        await Control.SetFaultAsync(BotId, "testWebhookEndpoint", new Fault { Status = 200, Body = answer }, Cancelled);
        Assert.Contains(advice, (await TestFailsAsync(Target)).Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    public async Task A_test_that_LINE_refuses_is_tried_again(int status)
    {
        await Control.SetFaultAsync(BotId, "testWebhookEndpoint", new Fault { Status = status }, Cancelled);
        Assert.Contains("does not test it yet", (await TestFailsAsync(Target)).Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_channel_secret_is_a_new_registration() => Assert.NotEqual(
        Accounts.UnreadableSettings(Account(), Target).Reveal(), Accounts.UnreadableSettings(Account(secret: "another"), Target).Reveal());

    private async Task<ProviderFailure.Rejected> TestFailsAsync(WebhookTarget target)
    {
        var rejected = Assert.IsType<ProviderFailure.Rejected>((await Accounts.RegisterAsync(Account(), target, Cancelled)).Failure);
        Assert.True(rejected.Retry);
        Assert.Equal(target.Url.AbsoluteUri, (await Control.GetRegistrationsAsync(BotId, cancellationToken: Cancelled)).Current?.Url);
        return rejected;
    }
}
