using MessengerOperator.Meta;
using MessengerOperator.Reconciliation.MessengerIntegrations.Accounts;

namespace MessengerOperator.Reconciliation.Tests.MessengerIntegrations;

public class AccountClaimsTests
{
    private const string Account = "Telegram/1";

    private static readonly DateTime Monday = new(2026, 11, 23, 0, 0, 0, DateTimeKind.Utc);

    private readonly AccountClaims _claims = new();

    [Fact]
    public void The_only_claim_holds_the_account()
    {
        var claim = Claim("a", Monday);
        Assert.Equal(claim, _claims.Claim(Account, claim));
    }

    [Fact]
    public void The_oldest_claim_wins_whoever_comes_first()
    {
        var young = Claim("young", Monday.AddDays(1));
        var old = Claim("old", Monday);
        _claims.Claim(Account, young);
        Assert.Equal(old, _claims.Claim(Account, old));
        Assert.Equal(old, _claims.Claim(Account, young));
    }

    [Fact]
    public void Of_equally_old_claims_the_first_by_name_wins()
    {
        var b = Claim("b", Monday);
        var a = Claim("a", Monday);
        _claims.Claim(Account, b);
        Assert.Equal(a, _claims.Claim(Account, a));
        Assert.Equal(a, _claims.Claim(Account, b));
    }

    [Fact]
    public void A_released_account_goes_to_the_next()
    {
        var old = Claim("old", Monday);
        var young = Claim("young", Monday.AddDays(1));
        _claims.Claim(Account, old);
        _claims.Claim(Account, young);
        _claims.Release("old");
        Assert.Equal(young, _claims.Claim(Account, young));
    }

    [Fact]
    public void An_integration_that_moves_to_another_account_gives_the_first_up()
    {
        var old = Claim("old", Monday);
        var young = Claim("young", Monday.AddDays(1));
        _claims.Claim(Account, old);
        _claims.Claim("Telegram/2", old);
        Assert.Equal(young, _claims.Claim(Account, young));
    }

    [Fact]
    public void What_status_remembers_does_not_undo_a_newer_claim()
    {
        var mover = Claim("mover", Monday);
        var other = Claim("other", Monday.AddDays(1));
        _claims.Claim("Telegram/2", mover);
        _claims.Remember(Account, mover);
        Assert.Equal(other, _claims.Claim(Account, other));
    }

    [Fact]
    public void A_claim_that_status_remembers_counts_before_its_owner_has_had_a_turn()
    {
        var old = Claim("old", Monday);
        var young = Claim("young", Monday.AddDays(1));
        _claims.Remember(Account, old);
        Assert.Equal(old, _claims.Claim(Account, young));
    }

    private static AccountClaim Claim(string name, DateTime createdAt) => new(name, new NamespacedName("ns", name), createdAt);
}
