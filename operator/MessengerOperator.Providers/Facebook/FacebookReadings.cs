using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using MessengerOperator.Providers.Accounts;

namespace MessengerOperator.Providers.Facebook;

/// <summary>What was read at the app level, remembered for a while, because the pages of an app share its small quota.</summary>
/// <remarks>
/// Bounded; safe for concurrent use. A reading belongs to the credentials that it was made with: they are part of its key, as a keyed hash, so that a
/// wrong secret never gets what the right one has read, and no secret is kept.
/// </remarks>
internal sealed class FacebookReadings<T>(TimeProvider time)
    where T : notnull
{
    /// <summary>The longest that a reading may be asked for.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private const int MaxReadings = 10_000;

    private readonly Lock _lock = new();
    private readonly byte[] _hashKey = RandomNumberGenerator.GetBytes(HMACSHA256.HashSizeInBytes);
    private readonly Dictionary<string, Reading> _readings = new(StringComparer.Ordinal);

    /// <summary>How many are remembered.</summary>
    internal int Count
    {
        get
        {
            lock (_lock)
            {
                return _readings.Count;
            }
        }
    }

    /// <summary>A reading that is younger than <paramref name="age"/>, or else a new one; when the quota leaves no room for that, one of the last hour.</summary>
    /// <param name="key">See <see cref="KeyOf"/>.</param>
    /// <param name="age">The age; zero always asks.</param>
    /// <param name="ask">Makes the call.</param>
    /// <param name="isWorthKeeping">Whether the answer may be used again; null for all.</param>
    public async Task<ProviderResult<T>> ReadAsync(string key, TimeSpan age, Func<Task<ProviderResult<T>>> ask, Func<T, bool>? isWorthKeeping = null)
    {
        if (TryGet(key, age, out var known))
        {
            return known;
        }

        var asked = time.GetUtcNow();
        var answer = await ask();
        if (!answer.TryGet(out var value, out var failure))
        {
            return failure is ProviderFailure.Throttled && TryGet(key, Longest, out known) ? known : answer;
        }

        if (isWorthKeeping?.Invoke(value) != false)
        {
            Remember(key, value, asked);
        }

        return answer;
    }

    /// <summary>A reading that is younger than <paramref name="age"/>.</summary>
    public bool TryGet(string key, TimeSpan age, [MaybeNullWhen(false)] out T value)
    {
        lock (_lock)
        {
            var isKnown = _readings.TryGetValue(key, out var reading) && reading.HasValue && time.GetUtcNow() - reading.AsOf < age;
            value = reading.Value;
            return isKnown;
        }
    }

    /// <summary>Remembers what was asked for at <paramref name="asOf"/>, unless it was forgotten since.</summary>
    public void Remember(string key, T value, DateTimeOffset asOf) => Set(key, new(asOf, HasValue: true, value));

    /// <summary>Something was written: what was asked for before now no longer counts, not even an answer that is still under way.</summary>
    public void Forget(string key) => Set(key, new(time.GetUtcNow(), HasValue: false, default));

    /// <summary>The key of what was read of an app with these credentials.</summary>
    public string KeyOf(string appId, params ReadOnlySpan<Secret> credentials)
    {
        var text = new StringBuilder(appId);
        foreach (var credential in credentials)
        {
            text.Append('\n').Append(credential.Reveal());
        }

        return Convert.ToHexStringLower(HMACSHA256.HashData(_hashKey, Encoding.UTF8.GetBytes(text.ToString())));
    }

    private void Set(string key, Reading reading)
    {
        lock (_lock)
        {
            if (_readings.TryGetValue(key, out var newer) && newer.AsOf > reading.AsOf)
            {
                return;
            }

            if (_readings.Count >= MaxReadings && !_readings.ContainsKey(key))
            {
                MakeRoom_NeedsLock();
            }

            _readings[key] = reading;
        }
    }

    private void MakeRoom_NeedsLock()
    {
        var oldest = time.GetUtcNow() - Longest;
        foreach (var key in _readings.Where(pair => pair.Value.AsOf < oldest).Select(pair => pair.Key).ToList())
        {
            _readings.Remove(key);
        }

        if (_readings.Count >= MaxReadings)
        {
            _readings.Clear(); // costs a call each, nothing else
        }
    }

    private readonly record struct Reading(DateTimeOffset AsOf, bool HasValue, T? Value);
}
