using Microsoft.Extensions.Options;

namespace MessengerOperator.Providers.Http;

/// <summary>
/// How much the operator may call: a token bucket per account and one per provider, and the pauses that providers ask for. It holds in
/// failure too, so a broken account cannot make more calls than a healthy one.
/// </summary>
public sealed class CallBudget(IOptions<ProviderHttpOptions> options, TimeProvider time)
{
    private const int SweepAbove = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Provider, string Account), TokenBucket> _accounts = [];
    private readonly Dictionary<string, TokenBucket> _providers = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Provider, string Account), DateTimeOffset> _pausedUntil = [];

    /// <summary>
    /// Takes one call. Zero when it may be made now, otherwise how long to wait; nothing is taken then.
    /// </summary>
    /// <param name="call">The call.</param>
    /// <param name="isShared">
    /// Whether the wait is for the budget that all accounts of the provider share: short, no fault of the account, and worth waiting for.
    /// </param>
    public TimeSpan TryTake(ProviderCall call, out bool isShared)
    {
        var key = (call.Provider, call.BudgetKey);
        lock (_lock)
        {
            var now = time.GetUtcNow();
            var account = AccountBucket_NeedsLock(key, now);
            var provider = ProviderBucket_NeedsLock(call.Provider, now);
            var pause = _pausedUntil.TryGetValue(key, out var until) && until > now ? until - now : TimeSpan.Zero;
            var own = pause > account.WaitFor(now) ? pause : account.WaitFor(now);
            var shared = provider.WaitFor(now);
            isShared = own == TimeSpan.Zero && shared > TimeSpan.Zero;
            if (own == TimeSpan.Zero && shared == TimeSpan.Zero)
            {
                account.Take();
                provider.Take();
            }

            return own > shared ? own : shared;
        }
    }

    /// <summary>Obeys a provider that asked to be left alone for a while.</summary>
    public void Pause(ProviderCall call, TimeSpan after)
    {
        lock (_lock)
        {
            _pausedUntil[(call.Provider, call.BudgetKey)] = time.GetUtcNow() + after;
        }
    }

    /// <summary>Forgets what an account has used and the pauses asked of it. Called when its spec or credentials change, so that a repair takes effect at once.</summary>
    public void Reset(string account)
    {
        lock (_lock)
        {
            foreach (var key in _accounts.Keys.Where(key => key.Account == account).ToList())
            {
                _accounts.Remove(key);
            }

            foreach (var key in _pausedUntil.Keys.Where(key => key.Account == account).ToList())
            {
                _pausedUntil.Remove(key);
            }
        }
    }

    private TokenBucket AccountBucket_NeedsLock((string Provider, string Account) key, DateTimeOffset now)
    {
        if (!_accounts.TryGetValue(key, out var bucket))
        {
            Sweep_NeedsLock(now);
            bucket = new TokenBucket(options.Value.AccountBurst, options.Value.AccountCallsPerMinute / 60.0, now);
            _accounts.Add(key, bucket);
        }

        return bucket;
    }

    private TokenBucket ProviderBucket_NeedsLock(string provider, DateTimeOffset now)
    {
        if (!_providers.TryGetValue(provider, out var bucket))
        {
            bucket = new TokenBucket(options.Value.ProviderCallsPerSecond, options.Value.ProviderCallsPerSecond, now);
            _providers.Add(provider, bucket);
        }

        return bucket;
    }

    // Deleted integrations leave entries behind; full buckets and past pauses carry no information.
    private void Sweep_NeedsLock(DateTimeOffset now)
    {
        if (_accounts.Count < SweepAbove)
        {
            return;
        }

        foreach (var key in _accounts.Where(pair => pair.Value.IsFull(now)).Select(pair => pair.Key).ToList())
        {
            _accounts.Remove(key);
        }

        foreach (var key in _pausedUntil.Where(pair => pair.Value <= now).Select(pair => pair.Key).ToList())
        {
            _pausedUntil.Remove(key);
        }
    }
}
