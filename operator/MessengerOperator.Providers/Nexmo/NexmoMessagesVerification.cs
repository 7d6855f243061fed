using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Providers.Nexmo;

/// <summary>Tells genuine requests in mode Messages: by a token in <c>Authorization</c> that names the account and the body's digest.</summary>
internal static class NexmoMessagesVerification
{
    private const string Header = "Authorization";
    private const string Scheme = "Bearer ";
    private const string Issuer = "Vonage";

    // The token has no end. Vonage repeats for 24 hours, presumably with a new token, which is not confirmed; repeats within the window are recognised by their id.
    private static readonly TimeSpan Oldest = TimeSpan.FromHours(24 + 1);
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);

    /// <summary>The verdict. A POST without the header may be Vonage's own trouble, after which it wants to be asked for a repeat.</summary>
    public static VerificationResult Verify(in WebhookRequest request, in VerificationContext context, NexmoSettings settings) => request.Headers[Header] switch
    {
        { Count: 0 } => request.Method == "POST" ? VerificationResult.UnsignedByProvider : VerificationResult.MissingSignature,
        { Value: { } value } => Verify(value, request.Body.Span, context, settings),
        _ => VerificationResult.DuplicateSignature,
    };

    private static VerificationResult Verify(string authorization, ReadOnlySpan<byte> body, in VerificationContext context, NexmoSettings settings)
    {
        if (!authorization.StartsWith(Scheme, StringComparison.Ordinal) || NexmoToken.Read(authorization[Scheme.Length..]) is not { } token)
        {
            return VerificationResult.MalformedSignature;
        }

        if (!token.IsSignedWith(context.Keys.Of(NexmoProvider.SignatureSecret)))
        {
            return VerificationResult.WrongSignature;
        }

        using var claims = token.Claims();
        return claims is null ? VerificationResult.MalformedSignature : Check(claims.RootElement, body, context.Now, settings);
    }

    private static VerificationResult Check(JsonElement claims, ReadOnlySpan<byte> body, DateTimeOffset now, NexmoSettings settings)
    {
        if (claims.Text("iss") != Issuer || settings.ApiKey is not { Length: > 0 } ours || claims.Text("api_key") != ours || !IsForApplication(claims, settings))
        {
            return VerificationResult.WrongSignature;
        }

        // Vonage calls this check optional. Without it nothing would bind the token to the body.
        if (claims.Text("payload_hash") is not { } hash || claims.UnixSeconds("iat") is not { } issued)
        {
            return VerificationResult.MalformedSignature;
        }

        return !IsDigestOf(body, hash) ? VerificationResult.WrongSignature
            : now - issued > Oldest || issued - now > Ahead ? VerificationResult.Expired
            : VerificationResult.Accepted;
    }

    // Vonage does not always name the application; when it does, it must be ours.
    private static bool IsForApplication(JsonElement claims, NexmoSettings settings) =>
        !claims.TryGetProperty("application_id", out _)
        || (settings.ApplicationId is { } ours && string.Equals(claims.Text("application_id"), ours, StringComparison.OrdinalIgnoreCase));

    private static bool IsDigestOf(ReadOnlySpan<byte> body, string hash)
    {
        Span<byte> received = stackalloc byte[SHA256.HashSizeInBytes];
        Span<byte> expected = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(body, expected);
        return hash.Length == SHA256.HashSizeInBytes * 2
            && Convert.FromHexString(hash, received, out _, out _) == OperationStatus.Done
            && CryptographicOperations.FixedTimeEquals(received, expected);
    }
}
