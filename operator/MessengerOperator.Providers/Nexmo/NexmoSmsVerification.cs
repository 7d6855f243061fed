using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Providers.Nexmo;

/// <summary>Tells genuine requests in mode Sms: by the parameter <c>sig</c>, or by the token in the path where the spec says so.</summary>
internal static class NexmoSmsVerification
{
    private const int MaxSignatureBytes = 64;

    // Vonage repeats a message for 24 hours and a receipt for up to 72, and does not say whether a repeat is signed afresh. A shorter window could lose messages; repeats within
    // it are recognised by their id. An hour more for clocks and for requests under way.
    private static readonly TimeSpan OldestMessage = TimeSpan.FromHours(24 + 1);
    private static readonly TimeSpan OldestReceipt = TimeSpan.FromHours(72 + 1);
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);

    /// <summary>How long one and the same request may be accepted again.</summary>
    public static TimeSpan ReplayWindow { get; } = OldestReceipt + Ahead;

    /// <summary>The verdict. Without a method, a key or our own API key in the settings nothing is accepted.</summary>
    public static VerificationResult Verify(in WebhookRequest request, in VerificationContext context, NexmoSettings settings)
    {
        if (NexmoParameterReader.Read(request) is not { } parameters)
        {
            return VerificationResult.MalformedSignature;
        }

        if (parameters.HasDuplicates)
        {
            return VerificationResult.DuplicateSignature;
        }

        if (settings.TrustsPath)
        {
            return EndsInToken(request.Path, context.Keys) && IsOurs(parameters, settings) ? VerificationResult.Accepted : VerificationResult.WrongSignature;
        }

        var verdict = VerifySignature(parameters, context.Keys, settings);
        return verdict != VerificationResult.Accepted ? verdict
            : IsOurs(parameters, settings) ? CheckTime(parameters, context.Now)
            : VerificationResult.WrongSignature;
    }

    private static VerificationResult VerifySignature(NexmoParameters parameters, WebhookKeys keys, NexmoSettings settings)
    {
        if (parameters.Text(NexmoSmsSignature.Parameter) is not { } signature)
        {
            return VerificationResult.MissingSignature;
        }

        if (settings.SignatureMethod is not { } method)
        {
            return VerificationResult.WrongSignature;
        }

        // Only the configured method counts: what another one makes is refused like any other forgery, whatever its length.
        Span<byte> received = stackalloc byte[MaxSignatureBytes];
        received = received[..NexmoSmsSignature.SizeOf(method)];
        if (parameters.IsIllFormed || signature.Length != received.Length * 2 || Convert.FromHexString(signature, received, out _, out _) != OperationStatus.Done)
        {
            return VerificationResult.MalformedSignature;
        }

        var text = NexmoSmsSignature.SignedText(parameters);
        var matches = false;
        foreach (var key in keys.Of(NexmoProvider.SignatureSecret))
        {
            matches |= CryptographicOperations.FixedTimeEquals(received, NexmoSmsSignature.Digest(method, key, text));
        }

        return matches ? VerificationResult.Accepted : VerificationResult.WrongSignature;
    }

    private static VerificationResult CheckTime(NexmoParameters parameters, DateTimeOffset now)
    {
        if (!long.TryParse(parameters.Text("timestamp"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds())
        {
            return VerificationResult.MalformedSignature;
        }

        var age = now - DateTimeOffset.FromUnixTimeSeconds(seconds);
        var oldest = NexmoSmsEvents.IsReceipt(parameters) ? OldestReceipt : OldestMessage;
        return age > oldest || age < -Ahead ? VerificationResult.Expired : VerificationResult.Accepted;
    }

    private static bool IsOurs(NexmoParameters parameters, NexmoSettings settings) => settings.ApiKey is { Length: > 0 } ours && parameters.Text("api-key") == ours;

    // The receiver serves no other path; looking again here keeps a mistake there from accepting anything.
    private static bool EndsInToken(string path, WebhookKeys keys) =>
        SignatureComparison.MatchesAny(Encoding.UTF8.GetBytes(path[(path.LastIndexOf('/') + 1)..]), keys.Of(NexmoProvider.PathToken));
}
