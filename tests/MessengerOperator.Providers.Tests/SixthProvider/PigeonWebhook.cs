using System.Security.Cryptography;
using System.Text.Json;
using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Providers.Tests.SixthProvider;

/// <summary>Pigeon Post's webhook half: letters in batches, signed with a secret of their own.</summary>
internal sealed class PigeonWebhook : IProviderWebhook
{
    private const string SignatureHeader = "X-Pigeon-Signature";

    public IReadOnlyList<string> Methods { get; } = ["POST"];

    public IReadOnlyList<string> MediaTypes { get; } = ["application/json"];

    public HandshakeResult Handshake(in WebhookRequest request, in VerificationContext context) => HandshakeResult.NotAHandshake;

    public VerificationResult Verify(in WebhookRequest request, in VerificationContext context) =>
        HmacSha256Signature.Verify(request.Headers[SignatureHeader], "", SignatureEncoding.Base64, context.Keys.Of(PigeonCredentials.SigningSecret), request.Body.Span);

    public ParseResult Parse(in WebhookRequest request, in ParseContext context) => WebhookJson.Read(request.Body, context, Read);

    private static IReadOnlyList<MessengerEvent>? Read(JsonElement root, ReadOnlyMemory<byte> body, in ParseContext context)
    {
        if (root.Array("letters") is not { } letters)
        {
            return null;
        }

        var events = new List<MessengerEvent>(letters.GetArrayLength());
        foreach (var letter in letters.EnumerateArray())
        {
            events.Add(Letter(letter, WebhookJson.Slice(body, letter), context));
        }

        return events;
    }

    private static MessengerEvent Letter(JsonElement letter, JsonFragment original, in ParseContext context)
    {
        var (from, text) = (letter.Id("from"), letter.Text("text"));
        return new()
        {
            // The same at each repeat and never that of another letter, also without a number.
            Id = letter.Id("id") ?? Convert.ToHexStringLower(SHA256.HashData(original.Utf8.Span)),
            Type = from is not null && text is not null ? EventType.MessageReceived : EventType.Other,
            Data = new()
            {
                Conversation = from is null ? null : new(from, ConversationType.Private),
                Sender = from is null ? null : new(from, SenderType.User),
                Message = letter.Id("id") is { } id ? new(id) : null,
                Time = letter.UnixMilliseconds("at") ?? context.ReceivedAt,
                Kind = "letter",
                Content = text is null ? null : new() { Type = ContentType.Text, Text = text },
                Original = original,
            },
        };
    }
}
