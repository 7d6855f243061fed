using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Providers;
using MessengerOperator.Reconciliation.MessengerIntegrations.Registrations;

namespace MessengerOperator.Reconciliation.Tests.MessengerIntegrations;

public class LedgerTests
{
    private static readonly Uri Old = new("https://old.example/a");
    private static readonly Uri New = new("https://new.example/a");

    [Fact]
    public void While_a_url_changes_both_registrations_are_on_record()
    {
        var ledger = new Ledger([Entry("1", Old, RegistrationState.Active)]).With(Entry("1", New, RegistrationState.Pending));
        Assert.Equal(RegistrationState.Active, ledger.Find("1", Old)?.State);
        Assert.Equal(RegistrationState.Pending, ledger.Find("1", New)?.State);
    }

    [Fact]
    public void A_confirmed_registration_replaces_the_accounts_other_urls_and_leaves_other_accounts()
    {
        var ledger = new Ledger([Entry("1", Old, RegistrationState.Active), Entry("2", Old, RegistrationState.Active)])
            .Confirmed(Entry("1", New, RegistrationState.Active));
        Assert.Null(ledger.Find("1", Old));
        Assert.NotNull(ledger.Find("1", New));
        Assert.NotNull(ledger.Find("2", Old));
    }

    [Fact]
    public void What_another_account_left_behind_is_to_be_removed_unless_it_was_given_up()
    {
        var ledger = new Ledger([Entry("1", Old, RegistrationState.Active), Entry("2", Old, RegistrationState.Leaked), Entry("3", Old, RegistrationState.Active)]);
        Assert.Equal(["1"], ledger.LeftBehind("3").Select(entry => entry.AccountId));
    }

    [Fact]
    public void A_salted_hash_tells_the_same_value_and_only_that()
    {
        var hash = SaltedHash.Of(new Secret("token"));
        Assert.True(SaltedHash.Matches(hash.Salt, hash.Hash, new Secret("token")));
        Assert.False(SaltedHash.Matches(hash.Salt, hash.Hash, new Secret("tokeN")));
        Assert.False(SaltedHash.Matches(null, null, new Secret("token")));
        Assert.NotEqual(hash.Hash, SaltedHash.Of(new Secret("token")).Hash);
        Assert.DoesNotContain("token", hash.ToString(), StringComparison.Ordinal);
    }

    private static RegistrationStatus Entry(string account, Uri url, RegistrationState state) =>
        new() { Provider = MessengerProvider.Telegram, AccountId = account, Url = url.AbsoluteUri, State = state };
}
