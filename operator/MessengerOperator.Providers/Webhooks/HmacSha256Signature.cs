using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace MessengerOperator.Providers.Webhooks;

/// <summary>Verifies a signature that is the HMAC-SHA256 of the raw body under a shared key.</summary>
internal static class HmacSha256Signature
{
    private const int MaxKeptOnStack = 128;

    /// <summary>
    /// Whether <paramref name="signature"/> is <paramref name="prefix"/> followed by the HMAC of the body, in that encoding, under any of the keys. The header must be there exactly once.
    /// </summary>
    public static VerificationResult Verify(in WebhookHeader signature, string prefix, SignatureEncoding encoding, ReadOnlySpan<byte[]> keys, ReadOnlySpan<byte> body) => signature switch
    {
        { Count: 0 } => VerificationResult.MissingSignature,
        { Value: { } value } => Verify(value, prefix, encoding, keys, body),
        _ => VerificationResult.DuplicateSignature,
    };

    /// <summary>The same for a signature that was found elsewhere than in a header.</summary>
    public static VerificationResult Verify(string signature, string prefix, SignatureEncoding encoding, ReadOnlySpan<byte[]> keys, ReadOnlySpan<byte> body)
    {
        Span<byte> received = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (!signature.StartsWith(prefix, StringComparison.Ordinal) || !TryDecode(signature.AsSpan(prefix.Length), encoding, received))
        {
            return VerificationResult.MalformedSignature;
        }

        // Every key is tried, so that the time does not tell which one matched.
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var matches = false;
        foreach (var key in keys)
        {
            HmacSha256Key.Of(key).Hash(body, expected);
            matches |= CryptographicOperations.FixedTimeEquals(received, expected);
        }

        return matches ? VerificationResult.Accepted : VerificationResult.WrongSignature;
    }

    private static bool TryDecode(ReadOnlySpan<char> text, SignatureEncoding encoding, Span<byte> decoded) => encoding switch
    {
        SignatureEncoding.Hex => text.Length == decoded.Length * 2
            && Convert.FromHexString(text, decoded, out _, out var written) == OperationStatus.Done
            && written == decoded.Length,
        _ => text.Length == Base64.GetMaxEncodedToUtf8Length(decoded.Length) && IsBase64(text, decoded),
    };

    private static bool IsBase64(ReadOnlySpan<char> text, Span<byte> decoded)
    {
        // Over the bytes: the overload for texts also accepts white space, which no provider sends.
        Span<byte> utf8 = stackalloc byte[MaxKeptOnStack];
        utf8 = utf8[..Encoding.UTF8.GetBytes(text, utf8)];
        return !utf8.ContainsAny(" \t\r\n"u8)
            && Base64.DecodeFromUtf8(utf8, decoded, out _, out var written) == OperationStatus.Done
            && written == decoded.Length;
    }
}
