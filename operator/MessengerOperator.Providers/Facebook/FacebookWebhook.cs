using System.Text.Json;
using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Providers.Facebook;

/// <summary>Facebook's webhook half: an unsigned GET challenge, and POSTs signed with the app secret, each with events of one or several pages.</summary>
internal sealed class FacebookWebhook : IProviderWebhook
{
    /// <summary>The signature that counts. The legacy <c>X-Hub-Signature</c> (SHA-1) beside it is not read.</summary>
    internal const string SignatureHeader = "X-Hub-Signature-256";

    private const string SignaturePrefix = "sha256=";

    public IReadOnlyList<string> Methods { get; } = ["GET", "POST"];

    public IReadOnlyList<string> MediaTypes { get; } = ["application/json"];

    /// <summary>Facebook repeats for 36 hours; anybody who has captured a request can for as long as it is not too old.</summary>
    public TimeSpan RepeatWindow => FacebookReplay.MaxAge;

    public HandshakeResult Handshake(in WebhookRequest request, in VerificationContext context) => request.Method == "GET"
        ? FacebookHandshake.Answer(request.Query, context.Keys.Of(FacebookProvider.VerifyToken))
        : HandshakeResult.NotAHandshake;

    public VerificationResult Verify(in WebhookRequest request, in VerificationContext context)
    {
        var verdict = HmacSha256Signature.Verify(
            request.Headers[SignatureHeader], SignaturePrefix, SignatureEncoding.Hex, context.Keys.Of(FacebookProvider.AppSecret), request.Body.Span);
        return verdict == VerificationResult.Accepted && FacebookReplay.IsTooOld(request.Body.Span, context.Now) ? VerificationResult.Expired : verdict;
    }

    public ParseResult Parse(in WebhookRequest request, in ParseContext context) => WebhookJson.Read(request.Body, context, Read);

    private static List<MessengerEvent>? Read(JsonElement root, ReadOnlyMemory<byte> body, in ParseContext context)
    {
        if (root.Text("object") is not { } product || root.Array("entry") is not { } entries)
        {
            return null;
        }

        var ownApp = context.Settings.Text(FacebookProvider.AppId);
        var events = new List<MessengerEvent>();
        foreach (var element in entries.EnumerateArray())
        {
            var time = element.Integer("time");
            new FacebookEntry(element.Id("id") ?? context.AccountId, product, time, FacebookTime.Of(time) ?? context.ReceivedAt, ownApp, body).AddTo(events, element);
        }

        return events;
    }
}
