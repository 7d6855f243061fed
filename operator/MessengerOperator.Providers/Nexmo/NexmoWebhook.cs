using System.Text.Json;
using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Providers.Nexmo;

/// <summary>Nexmo's webhook half: one event a request; the mode decides how it is signed, the content what it is.</summary>
internal sealed class NexmoWebhook : IProviderWebhook
{
    private const string Get = "GET";

    public IReadOnlyList<string> Methods { get; } = [Get, "POST"];

    public IReadOnlyList<string> MediaTypes { get; } = ["application/json", "application/x-www-form-urlencoded"];

    /// <summary>As long as a signed request is accepted again, which is longer than Vonage repeats: what somebody else repeats is then recognised as well.</summary>
    public TimeSpan RepeatWindow { get; } = NexmoSmsVerification.ReplayWindow;

    /// <summary>
    /// Mode Sms: Vonage calls a URL, unsigned and without any parameter, before it takes it, and wants 200. Such a request says nothing, so answering it gives nothing away.
    /// </summary>
    public HandshakeResult Handshake(in WebhookRequest request, in VerificationContext context) =>
        request is { Method: Get, Query: "" or "?", Body.IsEmpty: true } && new NexmoSettings(context.Settings).IsSms
            ? new HandshakeResult.Answer("", IsUnsigned: true)
            : HandshakeResult.NotAHandshake;

    public VerificationResult Verify(in WebhookRequest request, in VerificationContext context) => new NexmoSettings(context.Settings) switch
    {
        { IsMessages: true } settings => NexmoMessagesVerification.Verify(request, context, settings),
        { IsSms: true } settings => NexmoSmsVerification.Verify(request, context, settings),
        _ => VerificationResult.WrongSignature,
    };

    public ParseResult Parse(in WebhookRequest request, in ParseContext context)
    {
        if (NexmoParameterReader.AreJson(request))
        {
            return WebhookJson.Read(request.Body, context, ReadJson);
        }

        return NexmoParameterReader.Read(request) is { } parameters && NexmoSmsEvents.Read(parameters, parameters.ToJson(), context) is { } parsed
            ? new ParseResult.Events([parsed])
            : ParseResult.NotReadable;
    }

    private static IReadOnlyList<MessengerEvent>? ReadJson(JsonElement root, ReadOnlyMemory<byte> body, in ParseContext context)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var parsed = root.TryGetProperty(NexmoMessagesEvents.MessageId, out _)
            ? NexmoMessagesEvents.Read(root, new(body), context)
            : NexmoSmsEvents.Read(NexmoParameterReader.Of(root), new(body), context);
        return parsed is null ? null : [parsed];
    }
}
