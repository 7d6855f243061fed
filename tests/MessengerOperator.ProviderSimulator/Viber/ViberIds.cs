using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MessengerOperator.ProviderSimulator.Viber;

/// <summary>Ids and tokens in Viber's forms.</summary>
internal static class ViberIds
{
    private const string AccountPrefix = "pa:";

    // Above 2^53, where a client that reads numbers as doubles loses digits.
    private static long _messageToken = 5_900_000_000_000_000_000 + (Random.Shared.NextInt64(1_000_000_000) * 1000);

    /// <summary>A bot's id.</summary>
    public static string Account(long number) => string.Create(CultureInfo.InvariantCulture, $"{AccountPrefix}{number}");

    public static bool IsAccount(string id) =>
        id.StartsWith(AccountPrefix, StringComparison.Ordinal) && id.Length > AccountPrefix.Length && id.AsSpan(AccountPrefix.Length).IndexOfAnyExceptInRange('0', '9') < 0;

    /// <summary>A new authentication token.</summary>
    public static string NewAuthToken() => string.Join('-', Enumerable.Range(0, 3).Select(_ => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))));

    public static bool IsAuthToken(string token) => token.Split('-') is [{ } one, { } two, { } three] && new[] { one, two, three }.All(IsGroup);

    /// <summary>A user's id, another one for every bot.</summary>
    public static string User(string account, long customer) => Base64($"{account}/{customer}");

    /// <summary>A group's id.</summary>
    public static string Chat(long chat) => Base64($"chat/{chat}");

    /// <summary>A message token that nothing else has.</summary>
    public static long NextMessageToken() => Interlocked.Increment(ref _messageToken);

    private static bool IsGroup(string group) => group.Length is >= 1 and <= 16 && group.All(char.IsAsciiHexDigit);

    private static string Base64(string seed) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(seed)).AsSpan(0, 16));
}
