using MessengerOperator.Api.MessengerIntegrations;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Accounts;

/// <summary>Who holds which provider account: the oldest integration that proved that it has the account's credentials.</summary>
/// <remarks>
/// The informer's view alone would leave a gap: two integrations of one account whose passes run at the same time would each not see the other's
/// status yet, and both would write to the provider. Passes run in one process, the leader, so this table closes it. Safe for concurrent use.
/// </remarks>
internal sealed class AccountClaims
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<AccountClaim>> _byAccount = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _accountByUid = new(StringComparer.Ordinal);

    /// <summary>Names an account across providers.</summary>
    public static string AccountKey(MessengerProvider provider, string accountId) => $"{provider}/{accountId}";

    /// <summary>
    /// Records that <paramref name="claim"/> is made to <paramref name="account"/> (<c>provider/account id</c>) and gives the claim that holds it:
    /// the oldest, and of equally old ones the first by namespace and name. A claim that the same integration made to another account ends.
    /// </summary>
    public AccountClaim Claim(string account, AccountClaim claim)
    {
        lock (_lock)
        {
            if (_accountByUid.TryGetValue(claim.Uid, out var previous) && previous != account)
            {
                Remove_NeedsLock(claim.Uid);
            }

            return Add_NeedsLock(account, claim).Min(AccountClaim.ByAge)!;
        }
    }

    /// <summary>Records a claim that status remembers, unless the integration is known to claim something already.</summary>
    public void Remember(string account, AccountClaim claim)
    {
        lock (_lock)
        {
            if (!_accountByUid.ContainsKey(claim.Uid))
            {
                Add_NeedsLock(account, claim);
            }
        }
    }

    /// <summary>Ends the claim of an integration.</summary>
    public void Release(string uid)
    {
        lock (_lock)
        {
            Remove_NeedsLock(uid);
        }
    }

    private List<AccountClaim> Add_NeedsLock(string account, AccountClaim claim)
    {
        if (!_byAccount.TryGetValue(account, out var claims))
        {
            _byAccount.Add(account, claims = []);
        }

        if (_accountByUid.TryAdd(claim.Uid, account))
        {
            claims.Add(claim);
        }

        return claims;
    }

    private void Remove_NeedsLock(string uid)
    {
        if (!_accountByUid.Remove(uid, out var account))
        {
            return;
        }

        var claims = _byAccount[account];
        claims.RemoveAll(claim => claim.Uid == uid);
        if (claims.Count == 0)
        {
            _byAccount.Remove(account);
        }
    }
}
