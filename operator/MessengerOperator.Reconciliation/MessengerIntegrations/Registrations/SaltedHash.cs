using System.Security.Cryptography;
using MessengerOperator.Providers;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Registrations;

/// <summary>A salted hash of what the provider will not read back, kept in the ledger to notice that it changed.</summary>
/// <param name="Salt">Random, 32 hex digits; so that equal tokens of two integrations cannot be told from status.</param>
/// <param name="Hash">Hex HMAC-SHA256 under the salt.</param>
internal readonly record struct SaltedHash(string Salt, string Hash)
{
    public static SaltedHash Of(Secret value)
    {
        var salt = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        return new SaltedHash(salt, Compute(salt, value));
    }

    /// <summary>Whether <paramref name="value"/> is what was hashed; false when nothing was.</summary>
    public static bool Matches(string? salt, string? hash, Secret value) => salt is not null && hash is not null && Compute(salt, value) == hash;

    private static string Compute(string salt, Secret value) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(System.Text.Encoding.UTF8.GetBytes(salt), value.RevealUtf8()));
}
