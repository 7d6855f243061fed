using System.Security.Cryptography;
using System.Text;

namespace MessengerOperator.ProviderSimulator.Nexmo;

/// <summary>Signs the parameters of an SMS webhook as Vonage does.</summary>
internal static class NexmoSmsSignature
{
    public const string Md5Hash = "md5hash";
    public const string Parameter = "sig";

    /// <summary>The dashboard's five methods.</summary>
    public static IReadOnlyList<string> Methods { get; } = [Md5Hash, "md5", "sha1", "sha256", "sha512"];

    /// <summary>The signature in hexadecimal digits: small for the plain digest, capital for the others.</summary>
    public static string Sign(IEnumerable<(string Name, string Value)> parameters, string method, string secret)
    {
        var ordered = parameters.ToList();
        ordered.Sort((left, right) => string.CompareOrdinal(left.Name, right.Name));
        var text = string.Concat(ordered.Select(parameter => "&" + parameter.Name + "=" + parameter.Value.Replace('&', '_').Replace('=', '_')));
        var (signed, key) = (Encoding.UTF8.GetBytes(text), Encoding.UTF8.GetBytes(secret));
#pragma warning disable CA5350, CA5351 // Vonage's methods.
        return method switch
        {
            Md5Hash => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text + secret))),
            "md5" => Convert.ToHexString(HMACMD5.HashData(key, signed)),
            "sha1" => Convert.ToHexString(HMACSHA1.HashData(key, signed)),
            "sha256" => Convert.ToHexString(HMACSHA256.HashData(key, signed)),
            _ => Convert.ToHexString(HMACSHA512.HashData(key, signed)),
        };
#pragma warning restore CA5350, CA5351
    }
}
