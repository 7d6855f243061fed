using System.Text.Json;
using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Providers.Line;

/// <summary>LINE's webhook half: signed requests with any number of events, none included.</summary>
internal sealed class LineWebhook : IProviderWebhook
{
    internal const string SignatureHeader = "x-line-signature";

    public IReadOnlyList<string> Methods { get; } = ["POST"];

    public IReadOnlyList<string> MediaTypes { get; } = ["application/json"];

    // The test call is signed and verified like any other request; it just has no events.
    public HandshakeResult Handshake(in WebhookRequest request, in VerificationContext context) => HandshakeResult.NotAHandshake;

    public VerificationResult Verify(in WebhookRequest request, in VerificationContext context) => HmacSha256Signature.Verify(
        request.Headers[SignatureHeader], prefix: "", SignatureEncoding.Base64, context.Keys.Of(LineCredentials.ChannelSecret), request.Body.Span);

    public ParseResult Parse(in WebhookRequest request, in ParseContext context) => WebhookJson.Read(request.Body, context, Read);

    private static List<MessengerEvent>? Read(JsonElement root, ReadOnlyMemory<byte> body, in ParseContext context)
    {
        if (root.Array("events") is not { } items)
        {
            return null;
        }

        var destination = root.Text("destination");
        var events = new List<MessengerEvent>(items.GetArrayLength());
        foreach (var item in items.EnumerateArray())
        {
            events.Add(LineWebhookEvent.Read(item, WebhookJson.Slice(body, item), context) with { AccountId = destination });
        }

        return events;
    }
}
