using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MessengerOperator.Providers;
using MessengerOperator.Providers.Accounts;
using MessengerOperator.Providers.Http;
using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Receiver.Tests.Harness;

/// <summary>
/// A messenger unlike Telegram in every way that the seam allows for: HMAC over the raw body, a GET challenge, several events and several
/// accounts in one request. It proves that the receiver needs no change for one.
/// </summary>
internal sealed class SampleProvider : IProvider, IProviderWebhook
{
    public const string SignatureHeader = "X-Sample-Signature";

    private int _verifications;

    /// <summary>How often a signature was computed.</summary>
    public int Verifications => _verifications;

    public string Name => "Sample";

    public IProviderWebhook Webhook => this;

    public IReadOnlyList<string> Methods { get; } = ["GET", "POST"];

    public IReadOnlyList<string> MediaTypes { get; } = ["application/json"];

    public static string Sign(string key, string body) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(body)));

    public IReadOnlyList<CredentialField> Credentials(ProviderSettings settings) => [];

    public IReadOnlyList<VerificationKey> VerificationKeys(ProviderSettings settings) => settings.Text("pageId") is null
        ? [new("appSecret", "appSecret")]
        : [new("appSecret", "appSecret"), new("verifyToken", CredentialField: null, HandshakeOnly: true)];

    public string ManualSteps(ProviderSettings settings, string tokenSecret) => $"Paste the URL at the sample; the token is in Secret '{tokenSecret}'.";

    public IProviderAccounts CreateAccounts(ProviderHttp http) => throw new NotSupportedException();

    public HandshakeResult Handshake(in WebhookRequest request, in VerificationContext context)
    {
        if (request.Method != "GET")
        {
            return HandshakeResult.NotAHandshake;
        }

        foreach (var key in context.Keys.Of(context.Settings.Text("pageId") is null ? "appSecret" : "verifyToken"))
        {
            if ($"{request.Query}&".Contains($"token={Encoding.UTF8.GetString(key)}&", StringComparison.Ordinal))
            {
                var challenge = request.Query.IndexOf("challenge=", StringComparison.Ordinal);
                return challenge < 0 ? HandshakeResult.NotReadable : new HandshakeResult.Answer(request.Query[(challenge + 10)..]);
            }
        }

        return new HandshakeResult.Refused(VerificationResult.WrongSignature);
    }

    public VerificationResult Verify(in WebhookRequest request, in VerificationContext context)
    {
        if (request.Headers[SignatureHeader] is not { Value: { } signature })
        {
            return VerificationResult.MissingSignature;
        }

        Interlocked.Increment(ref _verifications);
        var matches = false;
        foreach (var key in context.Keys.Of("appSecret"))
        {
            matches |= CryptographicOperations.FixedTimeEquals(Convert.FromHexString(signature), HMACSHA256.HashData(key, request.Body.Span));
        }

        return matches ? VerificationResult.Accepted : VerificationResult.WrongSignature;
    }

    public ParseResult Parse(in WebhookRequest request, in ParseContext context)
    {
        using var document = JsonDocument.Parse(request.Body);
        var receivedAt = context.ReceivedAt;
        return new ParseResult.Events([.. document.RootElement.EnumerateArray().Select(item => new MessengerEvent
        {
            Id = item.GetProperty("id").GetString()!,
            Type = EventType.MessageReceived,
            AccountId = item.GetProperty("account").GetString(),
            Data = new()
            {
                Conversation = new(item.GetProperty("user").GetString()!, ConversationType.Private),
                Time = receivedAt,
                Kind = "message",
                Original = new(Encoding.UTF8.GetBytes(item.GetRawText())),
            },
        })]);
    }
}
