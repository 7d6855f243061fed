using MessengerOperator.Providers.Accounts;
using MessengerOperator.Providers.Facebook;
using MessengerOperator.ProviderSimulator.Faults;
using Microsoft.Extensions.Time.Testing;
using static MessengerOperator.Providers.Tests.Facebook.FacebookWorld;

namespace MessengerOperator.Providers.Tests.Facebook;

/// <summary>The app's small quota, shared by its pages.</summary>
public sealed class FacebookQuotaTests : IAsyncLifetime
{
    private const string WrongSecret = "ffffffffffffffffffffffffffffffff";

    private FacebookWorld _world = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _world = await StartAsync();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Two_hundred_pages_read_the_apps_webhook_once()
    {
        for (var page = 0; page < 200; page++)
        {
            Ok(await _world.ObserveAsync(_world.AppTarget(owns: page == 0), Account(page: $"11000000000{page:0000}")));
        }

        Assert.Equal(1, await _world.CallsAsync("get_subscriptions"));
    }

    [Fact]
    public async Task What_we_write_is_read_anew()
    {
        Ok(await _world.ObserveAsync(_world.AppTarget()));
        Ok(await _world.RegisterAsync(_world.AppTarget()));

        Assert.Empty(Ok(await _world.ObserveAsync(_world.AppTarget())).Differences);
    }

    [Fact]
    public async Task A_wrong_secret_does_not_get_what_the_right_one_has_read()
    {
        Ok(await _world.ObserveAsync(_world.AppTarget()));

        Assert.IsType<ProviderFailure.InvalidCredentials>((await _world.ObserveAsync(_world.AppTarget(), Account(secret: WrongSecret))).Failure);
        Ok(await _world.TestAsync());
        Assert.IsType<ProviderFailure.InvalidCredentials>((await _world.TestAsync(Account(secret: WrongSecret))).Failure);
    }

    [Fact]
    public async Task Above_80_percent_readings_of_the_hour_spare_the_app_and_writes_go_on()
    {
        await _world.SetAsync("appUsage", "80");
        Ok(await _world.ObserveAsync(_world.AppTarget()));
        Ok(await _world.TestAsync());

        _world.Clock.Advance(TimeSpan.FromMinutes(9));
        Ok(await _world.ObserveAsync(_world.AppTarget()));
        Ok(await _world.TestAsync());
        Assert.Equal((1, 1), (await _world.CallsAsync("get_subscriptions"), await _world.CallsAsync("debug_token")));

        Ok(await _world.RegisterAsync(_world.AppTarget()));
        Assert.Empty(Ok(await _world.ObserveAsync(_world.AppTarget())).Differences);
    }

    [Fact]
    public async Task After_ten_minutes_without_a_word_the_quota_counts_as_free()
    {
        await _world.SetAsync("appUsage", "99");
        Ok(await _world.TestAsync());

        _world.Clock.Advance(TimeSpan.FromMinutes(11));
        Ok(await _world.TestAsync());

        Assert.Equal(2, await _world.CallsAsync("debug_token"));
    }

    [Fact]
    public async Task Below_80_percent_each_test_asks()
    {
        await _world.SetAsync("appUsage", "79");
        Ok(await _world.TestAsync());
        Ok(await _world.TestAsync());

        Assert.Equal(2, await _world.CallsAsync("debug_token"));
    }

    [Fact]
    public async Task With_nothing_left_what_was_read_within_the_hour_still_counts()
    {
        await _world.RegisterBothAsync();
        Ok(await _world.TestAsync());
        Ok(await _world.ObserveAsync(_world.AppTarget()));
        await _world.SetAsync("appUsage", "100");
        _world.Clock.Advance(TimeSpan.FromMinutes(30));

        Ok(await _world.TestAsync());
        Assert.Empty(Ok(await _world.ObserveAsync(_world.AppTarget())).Differences);

        _world.Clock.Advance(TimeSpan.FromMinutes(31));
        Assert.IsType<ProviderFailure.Throttled>((await _world.TestAsync()).Failure);
        Assert.IsType<ProviderFailure.Throttled>((await _world.ObserveAsync(_world.AppTarget())).Failure);
    }

    [Fact]
    public async Task A_pause_of_the_app_holds_for_all_its_pages_and_not_for_their_own_calls()
    {
        await _world.AddPageAsync(SecondPageId, "EAAsecondTOKEN");
        var second = Account(page: SecondPageId, token: "EAAsecondTOKEN");
        await _world.Control.SetFaultAsync(null, "Facebook:get_subscriptions", new Fault { Preset = "app-rate", Times = 1 }, Cancelled);
        Assert.IsType<ProviderFailure.Throttled>((await _world.ObserveAsync(_world.AppTarget())).Failure);

        Assert.IsType<ProviderFailure.Throttled>((await _world.ObserveAsync(_world.AppTarget(), second)).Failure);
        Ok(await _world.ObserveAsync(_world.PageTarget()));
        Ok(await _world.TestAsync(second with { Settings = Settings(page: SecondPageId, app: null) }));
        Assert.Equal(1, await _world.CallsAsync("get_subscriptions"));
    }

    [Fact]
    public void Readings_are_bounded_and_keep_no_secret()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var readings = new FacebookReadings<string>(clock);
        for (var app = 0; app < 25_000; app++)
        {
            readings.Remember(readings.KeyOf($"{app}", new Secret(AppSecret)), "x", clock.GetUtcNow());
        }

        Assert.InRange(readings.Count, 1, 10_000);
        Assert.DoesNotContain(AppSecret, readings.KeyOf(AppId, new Secret(AppSecret)), StringComparison.Ordinal);
        Assert.NotEqual(readings.KeyOf(AppId, new Secret(AppSecret)), new FacebookReadings<string>(clock).KeyOf(AppId, new Secret(AppSecret)));
    }

    [Fact]
    public void An_answer_that_was_under_way_during_a_write_does_not_count()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var readings = new FacebookReadings<string>(clock);
        var asked = clock.GetUtcNow();
        clock.Advance(TimeSpan.FromSeconds(1));
        readings.Forget("key");

        readings.Remember("key", "from before the write", asked);
        Assert.False(readings.TryGet("key", TimeSpan.FromMinutes(2), out _));

        readings.Remember("key", "after it", clock.GetUtcNow());
        Assert.True(readings.TryGet("key", TimeSpan.FromMinutes(2), out var value) && value == "after it");
    }
}
