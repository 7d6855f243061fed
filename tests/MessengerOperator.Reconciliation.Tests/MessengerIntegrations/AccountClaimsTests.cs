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
        Assert.Equal(claim, HolderAfter(claim));
    }

    [Fact]
    public void Nobody_holds_what_nobody_claims() => Assert.Null(_claims.HolderOf(Account));

    [Fact]
    public void The_oldest_claim_wins_whoever_comes_first()
    {
        var young = Claim("young", Monday.AddDays(1));
        var old = Claim("old", Monday);
        HolderAfter(young);
        Assert.Equal(old, HolderAfter(old));
        Assert.Equal(old, HolderAfter(young));
    }

    [Fact]
    public void Before_a_claim_come_the_older_ones()
    {
        var (old, middle, young) = (Claim("old", Monday), Claim("middle", Monday.AddDays(1)), Claim("young", Monday.AddDays(2)));
        HolderAfter(young);
        HolderAfter(middle);
        HolderAfter(old);
        Assert.Equal([middle, old], _claims.Before(Account, young));
        Assert.Empty(_claims.Before(Account, old));
    }

    [Fact]
    public void Of_equally_old_claims_the_first_by_name_wins()
    {
        var b = Claim("b", Monday);
        var a = Claim("a", Monday);
        HolderAfter(b);
        Assert.Equal(a, HolderAfter(a));
        Assert.Equal(a, HolderAfter(b));
    }

    [Fact]
    public void A_released_account_goes_to_the_next()
    {
        var young = Claim("young", Monday.AddDays(1));
        HolderAfter(Claim("old", Monday));
        HolderAfter(young);
        _claims.Release("old");
        Assert.Equal(young, _claims.HolderOf(Account));
    }

    [Fact]
    public void An_integration_that_moves_to_another_account_gives_the_first_up()
    {
        var old = Claim("old", Monday);
        var young = Claim("young", Monday.AddDays(1));
        HolderAfter(old);
        HolderAfter(old, "Telegram/2");
        Assert.Equal(young, HolderAfter(young));
    }

    [Fact]
    public void An_integration_holds_every_part_that_it_claims_and_loses_those_that_it_drops()
    {
        var one = Claim("one", Monday);
        var two = Claim("two", Monday.AddDays(1));
        _claims.Claim(["Nexmo/k/number/1", "Nexmo/k/number/2"], one);
        _claims.Claim(["Nexmo/k/number/2", "Nexmo/k/number/3"], two);
        Assert.Equal((one, one, two), (_claims.HolderOf("Nexmo/k/number/1"), _claims.HolderOf("Nexmo/k/number/2"), _claims.HolderOf("Nexmo/k/number/3")));

        _claims.Claim(["Nexmo/k/number/1"], one);

        Assert.Equal(two, _claims.HolderOf("Nexmo/k/number/2"));
    }

    [Fact]
    public void What_status_remembers_does_not_undo_a_newer_claim()
    {
        var mover = Claim("mover", Monday);
        var other = Claim("other", Monday.AddDays(1));
        HolderAfter(mover, "Telegram/2");
        _claims.Remember([Account], mover);
        Assert.Equal(other, HolderAfter(other));
    }

    [Fact]
    public void A_claim_that_status_remembers_counts_before_its_owner_has_had_a_turn()
    {
        var old = Claim("old", Monday);
        _claims.Remember([Account], old);
        Assert.Equal(old, HolderAfter(Claim("young", Monday.AddDays(1))));
    }

    [Theory]
    [InlineData(null, false, "Facebook/page", null)]
    [InlineData("number/GB/1", false, "Facebook/page/number/GB/1", null)]
    [InlineData("app/1", true, null, "Facebook/app/1")]
    public void A_scope_is_claimed_by_what_it_covers(string? scope, bool isShared, string? exclusive, string? shared)
    {
        var keys = ClaimKeys.Of("Facebook", "page", [new(scope, isShared)]);
        Assert.Equal((exclusive, shared), (keys.Exclusive.SingleOrDefault(), keys.Shared.SingleOrDefault()));
    }

    private AccountClaim? HolderAfter(AccountClaim claim, string key = Account)
    {
        _claims.Claim([key], claim);
        return _claims.HolderOf(key);
    }

    private static AccountClaim Claim(string name, DateTime createdAt) => new(name, new NamespacedName("ns", name), createdAt);
}
