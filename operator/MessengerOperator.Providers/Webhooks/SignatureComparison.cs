using System.Security.Cryptography;

namespace MessengerOperator.Providers.Webhooks;

/// <summary>Compares what a request carries with what it should carry.</summary>
public static class SignatureComparison
{
    /// <summary>
    /// Whether <paramref name="received"/> is one of <paramref name="expected"/>. The time depends on the lengths and on how many there are,
    /// never on their content nor on which one matches.
    /// </summary>
    public static bool MatchesAny(ReadOnlySpan<byte> received, ReadOnlySpan<byte[]> expected)
    {
        var matches = false;
        foreach (var value in expected)
        {
            matches |= CryptographicOperations.FixedTimeEquals(received, value);
        }

        return matches;
    }
}
