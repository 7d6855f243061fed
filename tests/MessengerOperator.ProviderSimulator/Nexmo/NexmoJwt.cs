using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MessengerOperator.ProviderSimulator.Nexmo;

/// <summary>The tokens of the Messages API: HS256 on callbacks, RS256 on calls.</summary>
internal static class NexmoJwt
{
    /// <summary>The token of a callback with this body.</summary>
    public static string Sign(byte[] body, string apiKey, string applicationId, string secret, long issuedAt)
    {
        var claims = new JsonObject
        {
            ["iat"] = issuedAt,
            ["jti"] = Guid.NewGuid().ToString(),
            ["iss"] = "Vonage",
            ["payload_hash"] = Convert.ToHexStringLower(SHA256.HashData(body)),
            ["api_key"] = apiKey,
            ["application_id"] = applicationId,
        };
        var signed = $"{Encode("""{"alg":"HS256","typ":"JWT"}""")}.{Encode(claims.ToJsonString())}";
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes(signed)))}";
    }

    /// <summary>The application that a caller's token names, not yet verified; null when it is no token.</summary>
    public static string? ApplicationOf(string token)
    {
        try
        {
            return token.Split('.') is [_, var claims, _] ? (string?)JsonNode.Parse(Base64Url.DecodeFromChars(claims))?["application_id"] : null;
        }
        catch (Exception failure) when (failure is FormatException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Whether a caller's token was signed with the private half of this key and is still good.</summary>
    public static bool IsGood(string token, string publicKey, DateTimeOffset now)
    {
        var parts = token.Split('.');
        try
        {
            using var rsa = RSA.Create();
            rsa.ImportFromPem(publicKey);
            var header = JsonNode.Parse(Base64Url.DecodeFromChars(parts[0]));
            var claims = JsonNode.Parse(Base64Url.DecodeFromChars(parts[1]));
            var end = (long?)claims?["exp"] ?? (long?)claims?["iat"] + (15 * 60);
            return (string?)header?["alg"] == "RS256"
                && claims?["jti"] is not null
                && end > now.ToUnixTimeSeconds()
                && rsa.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }
        catch (Exception failure) when (failure is FormatException or JsonException or InvalidOperationException or CryptographicException)
        {
            return false;
        }
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
