using MessengerOperator.Providers.Http;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace MessengerOperator.Providers.Tests.Http;

public class CallBudgetTests
{
    private static readonly ProviderCall Call = new("Telegram", "getMe", "uid-1");

    private readonly FakeTimeProvider _time = new();
    private readonly CallBudget _budget;

    public CallBudgetTests() =>
        _budget = new CallBudget(Options.Create(new ProviderHttpOptions { AccountBurst = 4, AccountCallsPerMinute = 6, ProviderCallsPerSecond = 5 }), _time);

    [Fact]
    public void An_account_may_make_its_burst_and_then_waits_for_its_rate()
    {
        Assert.All(Enumerable.Range(0, 4), _ => Assert.Equal(TimeSpan.Zero, _budget.TryTake(Call, out bool _)));
        Assert.Equal(TimeSpan.FromSeconds(10), _budget.TryTake(Call, out _));
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(TimeSpan.Zero, _budget.TryTake(Call, out _));
        Assert.NotEqual(TimeSpan.Zero, _budget.TryTake(Call, out _));
    }

    [Fact]
    public void A_refused_call_costs_nothing()
    {
        Take(4);
        Assert.All(Enumerable.Range(0, 100), _ => Assert.Equal(TimeSpan.FromSeconds(10), _budget.TryTake(Call, out bool _)));
    }

    [Fact]
    public void An_account_that_used_its_budget_up_does_not_hold_others_back()
    {
        Take(4);
        Assert.Equal(TimeSpan.Zero, _budget.TryTake(Call with { BudgetKey = "uid-2" }, out _));
    }

    [Fact]
    public void All_accounts_of_a_provider_together_have_a_budget_too()
    {
        Assert.All(Enumerable.Range(0, 5), number => Assert.Equal(TimeSpan.Zero, _budget.TryTake(Call with { BudgetKey = $"uid-{number}" }, out _)));
        Assert.Equal(TimeSpan.FromMilliseconds(200), _budget.TryTake(Call with { BudgetKey = "uid-9" }, out var isShared));
        Assert.True(isShared);
        Assert.Equal(TimeSpan.Zero, _budget.TryTake(new ProviderCall("Line", "info", "uid-9"), out _));
    }

    [Fact]
    public void A_pause_that_the_provider_asked_for_is_kept()
    {
        _budget.Pause(Call, TimeSpan.FromSeconds(90));
        Assert.Equal(TimeSpan.FromSeconds(90), _budget.TryTake(Call, out _));
        _time.Advance(TimeSpan.FromSeconds(90));
        Assert.Equal(TimeSpan.Zero, _budget.TryTake(Call, out _));
    }

    [Fact]
    public void A_repaired_account_may_call_at_once()
    {
        Take(4);
        _budget.Pause(Call, TimeSpan.FromHours(1));
        _budget.Reset(Call.BudgetKey);
        Assert.Equal(TimeSpan.Zero, _budget.TryTake(Call, out _));
    }

    private void Take(int calls)
    {
        for (var i = 0; i < calls; i++)
        {
            _budget.TryTake(Call, out _);
        }
    }
}
