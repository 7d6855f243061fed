namespace MessengerOperator.Reconciliation.MessengerIntegrations.Accounts;

/// <summary>Who holds which provider account, or part of one: the oldest integration that proved that it has the account's credentials.</summary>
/// <remarks>
/// The informer's view alone would leave a gap: two integrations of one account whose passes run at the same time would each not see the other's
/// status yet, and both would write to the provider. Passes run in one process, the leader, so this table closes it. Safe for concurrent use.
/// </remarks>
internal sealed class AccountClaims
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<AccountClaim>> _byKey = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<string>> _keysByUid = new(StringComparer.Ordinal);

    /// <summary>
    /// Records that <paramref name="claim"/> is made to all of <paramref name="keys"/> (<see cref="ClaimKeys"/>). What the same integration claimed before and does not claim now ends.
    /// </summary>
    public void Claim(IReadOnlyList<string> keys, AccountClaim claim)
    {
        lock (_lock)
        {
            if (_keysByUid.TryGetValue(claim.Uid, out var previous) && previous.SequenceEqual(keys, StringComparer.Ordinal))
            {
                return;
            }

            Remove_NeedsLock(claim.Uid);
            Add_NeedsLock(keys, claim);
        }
    }

    /// <summary>Records a claim that status remembers, unless the integration is known to claim something already.</summary>
    public void Remember(IReadOnlyList<string> keys, AccountClaim claim)
    {
        lock (_lock)
        {
            if (keys.Count > 0 && !_keysByUid.ContainsKey(claim.Uid))
            {
                Add_NeedsLock(keys, claim);
            }
        }
    }

    /// <summary>The claim that holds a key: the oldest, and of equally old ones the first by namespace and name. Null when nobody claims it.</summary>
    public AccountClaim? HolderOf(string key)
    {
        lock (_lock)
        {
            return _byKey.TryGetValue(key, out var claims) ? claims.Min(AccountClaim.ByAge) : null;
        }
    }

    /// <summary>The claims to a key that come before another one, in no order.</summary>
    public IReadOnlyList<AccountClaim> Before(string key, AccountClaim claim)
    {
        lock (_lock)
        {
            return _byKey.TryGetValue(key, out var claims) ? [.. claims.Where(other => AccountClaim.ByAge.Compare(other, claim) < 0)] : [];
        }
    }

    /// <summary>Ends the claims of an integration.</summary>
    public void Release(string uid)
    {
        lock (_lock)
        {
            Remove_NeedsLock(uid);
        }
    }

    private void Add_NeedsLock(IReadOnlyList<string> keys, AccountClaim claim)
    {
        _keysByUid[claim.Uid] = keys;
        foreach (var key in keys)
        {
            if (!_byKey.TryGetValue(key, out var claims))
            {
                _byKey.Add(key, claims = []);
            }

            claims.Add(claim);
        }
    }

    private void Remove_NeedsLock(string uid)
    {
        if (!_keysByUid.Remove(uid, out var keys))
        {
            return;
        }

        foreach (var key in keys)
        {
            var claims = _byKey[key];
            claims.RemoveAll(claim => claim.Uid == uid);
            if (claims.Count == 0)
            {
                _byKey.Remove(key);
            }
        }
    }
}
