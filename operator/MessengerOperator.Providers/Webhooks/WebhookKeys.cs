using System.Collections.Frozen;

namespace MessengerOperator.Providers.Webhooks;

/// <summary>The verification secrets of an integration by <see cref="VerificationKey.Name"/>; several of one name are valid at once during a rotation.</summary>
public sealed class WebhookKeys
{
    private readonly FrozenDictionary<string, byte[][]> _keys;

    /// <summary>Takes the values as UTF-8. Empty values are left out: an empty key would accept an empty signature.</summary>
    public WebhookKeys(IEnumerable<KeyValuePair<string, IReadOnlyList<Secret>>> keys)
    {
        _keys = keys.ToFrozenDictionary(
            key => key.Key,
            key => key.Value.Select(secret => secret.RevealUtf8()).Where(value => value.Length > 0).ToArray(),
            StringComparer.Ordinal);
    }

    private WebhookKeys(IEnumerable<KeyValuePair<string, byte[][]>> keys) => _keys = keys.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The values of that name; empty when there is none, and then nothing can be verified.</summary>
    public ReadOnlySpan<byte[]> Of(string name) => _keys.TryGetValue(name, out var values) ? values : [];

    /// <summary>Whether both hold the same values under the same names.</summary>
    public bool HasSameValues(WebhookKeys other) =>
        _keys.Count == other._keys.Count && _keys.All(key => SameValues(key.Value, other.Of(key.Key)));

    /// <summary>The same without those names.</summary>
    public WebhookKeys Without(IReadOnlyCollection<string> names) => names.Count == 0 ? this : new(_keys.Where(key => !names.Contains(key.Key)));

    /// <summary>Always <see cref="Secret.Redacted"/>.</summary>
    public override string ToString() => Secret.Redacted;

    private static bool SameValues(byte[][] left, ReadOnlySpan<byte[]> right)
    {
        if (left.Length != right.Length)
        {
            return false;
        }

        for (var i = 0; i < left.Length; i++)
        {
            if (!left[i].AsSpan().SequenceEqual(right[i]))
            {
                return false;
            }
        }

        return true;
    }
}
