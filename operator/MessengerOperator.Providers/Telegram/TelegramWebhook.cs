using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Providers.Telegram;

/// <summary>Telegram's webhook half: one update a request, told from forgeries by the secret token in a header.</summary>
internal sealed class TelegramWebhook : IProviderWebhook
{
    internal const string SecretTokenHeader = "X-Telegram-Bot-Api-Secret-Token";

    // The real ones nest less than 20 levels.
    private const int MaxDepth = 64;
    private const int MaxSecretTokenLength = 256;

    private static readonly SearchValues<char> SecretTokenAlphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    private static readonly JsonDocumentOptions DocumentOptions = new() { MaxDepth = MaxDepth };

    public IReadOnlyList<string> Methods { get; } = ["POST"];

    public IReadOnlyList<string> MediaTypes { get; } = ["application/json"];

    public HandshakeResult Handshake(in WebhookRequest request, in VerificationContext context) => HandshakeResult.NotAHandshake;

    public VerificationResult Verify(in WebhookRequest request, in VerificationContext context)
    {
        var header = request.Headers[SecretTokenHeader];
        if (header.Count == 0)
        {
            return VerificationResult.MissingSignature;
        }

        if (header.Value is not { } token)
        {
            return VerificationResult.DuplicateSignature;
        }

        if (token.Length is 0 or > MaxSecretTokenLength || token.AsSpan().ContainsAnyExcept(SecretTokenAlphabet))
        {
            return VerificationResult.MalformedSignature;
        }

        Span<byte> received = stackalloc byte[MaxSecretTokenLength];
        received = received[..Encoding.ASCII.GetBytes(token, received)];
        return SignatureComparison.MatchesAny(received, context.Keys.Of(TelegramProvider.SecretToken))
            ? VerificationResult.Accepted
            : VerificationResult.WrongSignature;
    }

    public ParseResult Parse(in WebhookRequest request, in ParseContext context)
    {
        if (!Utf8.IsValid(request.Body.Span))
        {
            return ParseResult.NotReadable;
        }

        try
        {
            using var document = JsonDocument.Parse(request.Body, DocumentOptions);
            return TelegramWebhookUpdate.Read(document.RootElement, context) is { } parsed
                ? new ParseResult.Events([parsed with { Data = parsed.Data with { Original = new(request.Body) } }])
                : ParseResult.NotReadable;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The latter: a field's name that is no Unicode text.
            return ParseResult.NotReadable;
        }
    }
}
