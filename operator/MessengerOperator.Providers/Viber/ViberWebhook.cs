using System.Text.Json;
using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Providers.Viber;

/// <summary>Viber's webhook half: one callback a request, signed with the bot's token.</summary>
internal sealed class ViberWebhook : IProviderWebhook
{
    internal const string SignatureHeader = "X-Viber-Content-Signature";

    /// <summary>
    /// How old a callback may be. Viber repeats for about an hour and a half; the rest is for clocks that are wrong, by a time zone even: a message that is refused for its age is lost.
    /// Repeats are recognised for as long, so that a recorded request is never of use.
    /// </summary>
    private static readonly TimeSpan LongestAge = TimeSpan.FromHours(24);

    public IReadOnlyList<string> Methods { get; } = ["POST"];

    public IReadOnlyList<string> MediaTypes { get; } = ["application/json"];

    public TimeSpan RepeatWindow => LongestAge;

    // The check during set_webhook is signed like everything else, and answered like everything else.
    public HandshakeResult Handshake(in WebhookRequest request, in VerificationContext context) => HandshakeResult.NotAHandshake;

    public VerificationResult Verify(in WebhookRequest request, in VerificationContext context)
    {
        var keys = context.Keys.Of(ViberCredentials.AuthToken);
        var header = request.Headers[SignatureHeader];
        var verdict = header.Count == 0
            ? VerifyQuery(request, keys)
            : HmacSha256Signature.Verify(header, "", SignatureEncoding.Hex, keys, request.Body.Span);
        return verdict == VerificationResult.Accepted && ViberWebhookTime.IsOlder(request.Body.Span, context.Now - LongestAge) ? VerificationResult.Expired : verdict;
    }

    public ParseResult Parse(in WebhookRequest request, in ParseContext context) => WebhookJson.Read(request.Body, context, Read);

    // The same signature is also in the query; a proxy that drops unknown headers leaves it there.
    private static VerificationResult VerifyQuery(in WebhookRequest request, ReadOnlySpan<byte[]> keys)
    {
        const string Parameter = "sig=";
        string? signature = null;
        var query = request.Query.AsSpan().TrimStart('?');
        foreach (var range in query.Split('&'))
        {
            if (!query[range].StartsWith(Parameter, StringComparison.Ordinal))
            {
                continue;
            }

            if (signature is not null)
            {
                return VerificationResult.DuplicateSignature;
            }

            signature = query[range][Parameter.Length..].ToString();
        }

        return signature is null ? VerificationResult.MissingSignature : HmacSha256Signature.Verify(signature, "", SignatureEncoding.Hex, keys, request.Body.Span);
    }

    private static IReadOnlyList<MessengerEvent>? Read(JsonElement root, ReadOnlyMemory<byte> body, in ParseContext context)
    {
        if (root.Text("event") is not { } kind)
        {
            return null;
        }

        // Viber's check of the URL: nobody said anything.
        if (kind == "webhook")
        {
            return [];
        }

        var (type, data) = ViberWebhookCallback.Read(kind, root, context);
        return [new() { Id = ViberWebhookCallback.Id(kind, root, body), Type = type, Data = data with { Original = new(body) } }];
    }
}
