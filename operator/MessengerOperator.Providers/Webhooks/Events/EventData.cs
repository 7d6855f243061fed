namespace MessengerOperator.Providers.Webhooks;

/// <summary>The <c>data</c> of an event, as docs/schemas/event.v1.json says. All ids are text.</summary>
public sealed record EventData
{
    /// <summary>The account at the messenger that the event belongs to.</summary>
    public EventAccount? Account { get; init; }

    /// <summary>Where it happened; null for events outside of any conversation.</summary>
    public EventConversation? Conversation { get; init; }

    /// <summary>Who did it; null when the provider does not tell.</summary>
    public EventSender? Sender { get; init; }

    /// <summary>The message concerned; null when none is.</summary>
    public EventMessage? Message { get; init; }

    /// <summary>When it happened; when it arrived if the provider does not tell.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The provider's own name of the kind of event, for example <c>callback_query</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>What was said; null when nothing was, or when the schema has no type for it.</summary>
    public EventContent? Content { get; init; }

    /// <summary>The campaign parameter that a conversation was opened with (deep link, referral); null for none.</summary>
    public string? Referral { get; init; }

    /// <summary>For a receipt that covers every message of ours up to a time, that time (Facebook); null for one of a single message, and for all other events.</summary>
    public DateTimeOffset? UpTo { get; init; }

    /// <summary>The provider's event, byte for byte; a JSON value.</summary>
    public required JsonFragment Original { get; init; }
}
