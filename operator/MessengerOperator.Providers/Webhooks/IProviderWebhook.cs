namespace MessengerOperator.Providers.Webhooks;

/// <summary>The webhook half of a provider: pure, over raw bytes, safe for NativeAOT and concurrent use.</summary>
/// <remarks>
/// The receiver calls <see cref="Handshake"/> first; what is not a handshake goes to <see cref="Verify"/>, and only what that accepted to
/// <see cref="Parse"/>. None of them throws, whatever a stranger sends. Events may refer to the request's body and are valid as long as it is.
/// When several integrations share a path (a Facebook app's pages), Verify runs once for each distinct set of keys, Parse once, and each
/// event goes to the integration whose keys verified the request and whose account <see cref="MessengerEvent.AccountId"/> names.
/// </remarks>
public interface IProviderWebhook
{
    /// <summary>The methods that this provider calls with, in upper case; others are answered 405.</summary>
    IReadOnlyList<string> Methods { get; }

    /// <summary>The media types of its bodies, in lower case and without parameters; others are answered 415. Not asked of requests that carry no body by nature (GET).</summary>
    IReadOnlyList<string> MediaTypes { get; }

    /// <summary>
    /// How long the provider goes on repeating an event that was not acknowledged: for at least so long a repeat is recognised and delivered once only. 36 hours unless the provider's folder knows better.
    /// </summary>
    TimeSpan RepeatWindow => TimeSpan.FromHours(36);

    /// <summary>
    /// Answers the provider's check of the URL, if this request is one. It carries no event. Whether it is one shows in the request, whatever the keys are; with several integrations
    /// behind the URL each one's keys are tried until one knows the secret.
    /// </summary>
    HandshakeResult Handshake(in WebhookRequest request, in VerificationContext context);

    /// <summary>Tells whether the provider sent this request. Compares in constant time; any of the keys may match.</summary>
    VerificationResult Verify(in WebhookRequest request, in VerificationContext context);

    /// <summary>Turns a verified request into events, in the provider's order. A kind of event that is not known becomes <see cref="EventType.Other"/>.</summary>
    ParseResult Parse(in WebhookRequest request, in ParseContext context);
}
