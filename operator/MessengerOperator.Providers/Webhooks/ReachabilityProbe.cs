using System.Security.Cryptography;
using System.Text;

namespace MessengerOperator.Providers.Webhooks;

/// <summary>
/// The proof that a public URL leads to our receiver: the operator sends a signed nonce through the public path, the receiver signs an answer.
/// </summary>
/// <remarks>
/// <c>GET {webhook url}</c> with <see cref="RequestHeader"/>: <c>{nonce}.{hex HMAC-SHA256(key, "messenger-operator-probe-request-v1\n" + nonce + "\n" + path)}</c>.
/// A receiver that holds the key answers 204, no body, with <see cref="ResponseHeader"/>: <c>{hex HMAC-SHA256(key, "messenger-operator-probe-response-v1\n" + nonce + "\n" + path)}</c>.
/// Anything else is treated as if the header were not there, so that a stranger learns nothing. Requests and answers are signed over different
/// texts: neither can be used as the other. A repeated request only gets the answer it had.
/// </remarks>
public static class ReachabilityProbe
{
    /// <summary>Header of the request.</summary>
    public const string RequestHeader = "Messenger-Operator-Probe";

    /// <summary>Header of the answer.</summary>
    public const string ResponseHeader = "Messenger-Operator-Probe-Response";

    private const string RequestContext = "messenger-operator-probe-request-v1";
    private const string ResponseContext = "messenger-operator-probe-response-v1";
    private const int NonceBytes = 16;
    private const int NonceChars = NonceBytes * 2;
    private const int SignatureChars = HMACSHA256.HashSizeInBytes * 2;

    /// <summary>A fresh nonce: 32 lower-case hex digits.</summary>
    public static string NewNonce() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(NonceBytes));

    /// <summary>The request header's value.</summary>
    public static string SignRequest(ReadOnlySpan<byte> key, string nonce, string path) => $"{nonce}.{Sign(key, RequestContext, nonce, path)}";

    /// <summary>The answer to a request header, or null when the header is not from somebody who holds the key.</summary>
    public static string? Answer(ReadOnlySpan<byte> key, string requestHeader, string path)
    {
        if (requestHeader.Length != NonceChars + 1 + SignatureChars || requestHeader[NonceChars] != '.')
        {
            return null;
        }

        var nonce = requestHeader[..NonceChars];
        return Matches(SignRequest(key, nonce, path), requestHeader) ? Sign(key, ResponseContext, nonce, path) : null;
    }

    /// <summary>Whether <paramref name="responseHeader"/> proves that its sender holds the key and saw <paramref name="nonce"/>.</summary>
    public static bool IsAnswer(ReadOnlySpan<byte> key, string nonce, string path, string? responseHeader) =>
        responseHeader is not null && Matches(Sign(key, ResponseContext, nonce, path), responseHeader);

    private static bool Matches(string expected, string actual) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(actual));

    private static string Sign(ReadOnlySpan<byte> key, string context, string nonce, string path) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{context}\n{nonce}\n{path}")));
}
