using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace MessengerOperator.ProviderSimulator.Line;

/// <summary>Ids, tokens and secrets in LINE's shapes.</summary>
internal static partial class LineIds
{
    private const string Crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int UlidLength = 26;

    /// <summary>A user's id: <c>U</c> and 32 hex digits; the same number always gives the same.</summary>
    public static string User(long number) => "U" + Hex(number);

    /// <summary>A group's id.</summary>
    public static string Group(long number) => "C" + Hex(number);

    /// <summary>A room's id.</summary>
    public static string Room(long number) => "R" + Hex(number);

    /// <summary>Whether it is the id of a user, group or room.</summary>
    public static bool IsRecipient(string id) => Recipient.IsMatch(id);

    /// <summary>Whether it is the id of a bot.</summary>
    public static bool IsUser(string id) => id.StartsWith('U') && Recipient.IsMatch(id);

    /// <summary>32 random hex digits: reply tokens, channel secrets.</summary>
    public static string RandomHex() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>An event's id: 48 bits of time and 80 random ones in Crockford's base 32.</summary>
    public static string Ulid(DateTimeOffset now)
    {
        var value = ((UInt128)now.ToUnixTimeMilliseconds() << 80) | (new UInt128(RandomPart(), RandomPart()) & (((UInt128)1 << 80) - 1));
        return string.Create(UlidLength, value, (text, rest) =>
        {
            for (var position = UlidLength - 1; position >= 0; position--)
            {
                text[position] = Crockford[(int)(rest & 31)];
                rest >>= 5;
            }
        });
    }

    /// <summary>A long- or short-lived token: some 170 characters of base64.</summary>
    public static string OpaqueToken() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(128));

    /// <summary>A token that looks like a JWT.</summary>
    public static string JwtToken() => $"eyJhbGciOiJIUzI1NiJ9.{UrlSafe(96)}.{UrlSafe(32)}";

    private static string UrlSafe(int bytes) => Convert.ToBase64String(RandomNumberGenerator.GetBytes(bytes)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private static string Hex(long number) => Math.Abs(number).ToString("x32", CultureInfo.InvariantCulture);

    private static ulong RandomPart() => BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));

    [GeneratedRegex(@"\A[UCR][0-9a-f]{32}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Recipient { get; }
}
