using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Providers;
using MessengerOperator.Providers.Accounts;
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
        Assert.Equal(RegistrationState.Active, ledger.Find("1", null, Old.AbsoluteUri)?.State);
        Assert.Equal(RegistrationState.Pending, ledger.Find("1", null, New.AbsoluteUri)?.State);
    }

    [Fact]
    public void A_confirmed_registration_replaces_the_accounts_other_urls_and_leaves_other_accounts()
    {
        var ledger = new Ledger([Entry("1", Old, RegistrationState.Active), Entry("2", Old, RegistrationState.Active)])
            .Confirmed(Entry("1", New, RegistrationState.Active));
        Assert.Null(ledger.Find("1", null, Old.AbsoluteUri));
        Assert.NotNull(ledger.Find("1", null, New.AbsoluteUri));
        Assert.NotNull(ledger.Find("2", null, Old.AbsoluteUri));
    }

    [Fact]
    public void What_another_account_left_behind_is_to_be_removed_unless_it_was_given_up()
    {
        var ledger = new Ledger([Entry("1", Old, RegistrationState.Active), Entry("2", Old, RegistrationState.Leaked), Entry("3", Old, RegistrationState.Active)]);
        Assert.Equal(["1"], ledger.LeftBehind("3", RegistrationScope.AccountOnly).Select(entry => entry.AccountId));
    }

    [Fact]
    public void A_number_that_the_spec_no_longer_names_is_left_behind_and_the_others_are_not()
    {
        var ledger = new Ledger([Entry("1", Old, RegistrationState.Active, "number/GB/1"), Entry("1", Old, RegistrationState.Active, "number/GB/2")]);
        Assert.Equal(["number/GB/1"], ledger.LeftBehind("1", [new("number/GB/2")]).Select(entry => entry.Scope));
    }

    [Fact]
    public void What_was_registered_last_is_removed_first()
    {
        var ledger = new Ledger([Entry("1", Old, RegistrationState.Active, "app/1"), Entry("1", Old, RegistrationState.Active)]);
        Assert.Equal([null, "app/1"], ledger.LeftBehind("2", RegistrationScope.AccountOnly).Select(entry => entry.Scope));
    }

    [Fact]
    public void A_confirmed_scope_replaces_its_own_urls_only()
    {
        var ledger = new Ledger([Entry("1", Old, RegistrationState.Active, "number/GB/1"), Entry("1", Old, RegistrationState.Active, "number/GB/2")])
            .Confirmed(Entry("1", New, RegistrationState.Active, "number/GB/1"));
        Assert.Equal([Old.AbsoluteUri, New.AbsoluteUri], ledger.Entries.Select(entry => entry.Url));
        Assert.Equal(["number/GB/2", "number/GB/1"], ledger.Entries.Select(entry => entry.Scope));
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

    private static RegistrationStatus Entry(string account, Uri url, RegistrationState state, string? scope = null) =>
        new() { Provider = MessengerProvider.Telegram, AccountId = account, Scope = scope, Url = url.AbsoluteUri, State = state };
}
