using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Providers.Nexmo;

/// <summary>A signed token (JWT, RFC 7519) in compact form, HS256 and nothing else.</summary>
/// <remarks>
/// Read by hand and strictly: exactly three parts of unpadded base64url, one spelling for each signature, no member twice, no <c>crit</c>. What the header says of its algorithm
/// chooses nothing; it must say HS256.
/// </remarks>
internal sealed class NexmoToken
{
    // Vonage's are about 500 characters long.
    private const int MaxLength = 4096;
    private const string Algorithm = "HS256";

    private static readonly SearchValues<char> Alphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    private readonly byte[] _signed;
    private readonly byte[] _signature;
    private readonly byte[] _claims;

    private NexmoToken(byte[] signed, byte[] claims, byte[] signature) => (_signed, _claims, _signature) = (signed, claims, signature);

    /// <summary>Takes a token apart; null when it is none, or not one of this algorithm.</summary>
    public static NexmoToken? Read(string token)
    {
        if (token.Length > MaxLength
            || token.Split('.') is not [var header, var claims, var signature]
            || Decode(header) is not { } headerBytes
            || Decode(claims) is not { } claimBytes
            || Decode(signature) is not { Length: HMACSHA256.HashSizeInBytes } signatureBytes
            || Base64Url.EncodeToString(signatureBytes) != signature
            || !SaysHs256(headerBytes))
        {
            return null;
        }

        return new(Encoding.ASCII.GetBytes(token, 0, header.Length + 1 + claims.Length), claimBytes, signatureBytes);
    }

    /// <summary>Whether it was signed with one of the keys. All are tried, so that the time does not tell which one matched.</summary>
    public bool IsSignedWith(ReadOnlySpan<byte[]> keys)
    {
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var matches = false;
        foreach (var key in keys)
        {
            HMACSHA256.HashData(key, _signed, expected);
            matches |= CryptographicOperations.FixedTimeEquals(_signature, expected);
        }

        return matches;
    }

    /// <summary>What it claims; null when that is no JSON object. To be asked only once the signature is known to be good.</summary>
    public JsonDocument? Claims() => Parse(_claims);

    private static bool SaysHs256(byte[] header)
    {
        using var document = Parse(header);
        return document is not null && document.RootElement.Text("alg") == Algorithm && !document.RootElement.TryGetProperty("crit", out _);
    }

    private static JsonDocument? Parse(byte[] utf8)
    {
        if (!Utf8.IsValid(utf8))
        {
            return null;
        }

        try
        {
            var document = JsonDocument.Parse(utf8, Strict);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return document;
            }

            document.Dispose();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // No JSON, or a name that is no Unicode.
        }

        return null;
    }

    private static byte[]? Decode(string part)
    {
        // The decoder would also take padding and white space.
        if (part.Length == 0 || part.AsSpan().ContainsAnyExcept(Alphabet))
        {
            return null;
        }

        var decoded = new byte[Base64Url.GetMaxDecodedLength(part.Length)];
        return Base64Url.DecodeFromChars(part, decoded, out _, out var written) == OperationStatus.Done ? decoded[..written] : null;
    }
}
