using System.Buffers;
using System.Text;
using System.Text.Json;
using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Providers.Telegram;

/// <summary>Telegram's webhook half: one update a request, told from forgeries by the secret token in a header.</summary>
internal sealed class TelegramWebhook : IProviderWebhook
{
    internal const string SecretTokenHeader = "X-Telegram-Bot-Api-Secret-Token";

    private const int MaxSecretTokenLength = 256;

    private static readonly SearchValues<char> SecretTokenAlphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    public IReadOnlyList<string> Methods { get; } = ["POST"];

    public IReadOnlyList<string> MediaTypes { get; } = ["application/json"];

    /// <summary>Updates are kept for 24 hours and sent again until then.</summary>
    public TimeSpan RepeatWindow { get; } = TimeSpan.FromHours(24);

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

    public ParseResult Parse(in WebhookRequest request, in ParseContext context) => WebhookJson.Read(request.Body, context, Read);

    private static IReadOnlyList<MessengerEvent>? Read(JsonElement root, ReadOnlyMemory<byte> body, in ParseContext context) =>
        TelegramWebhookUpdate.Read(root, context) is { } parsed ? [parsed with { Data = parsed.Data with { Original = new(body) } }] : null;
}
