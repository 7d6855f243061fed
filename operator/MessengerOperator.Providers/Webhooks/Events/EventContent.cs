namespace MessengerOperator.Providers.Webhooks;

/// <summary>What was said. <see cref="Type"/> tells which of the others are there.</summary>
public sealed record EventContent
{
    /// <summary>The kind of content.</summary>
    public required ContentType Type { get; init; }

    /// <summary>The text, or the caption of what is attached; null when there is none.</summary>
    public string? Text { get; init; }

    /// <summary>The files of an image, video, audio, file or sticker; null for other types.</summary>
    public IReadOnlyList<EventAttachment>? Attachments { get; init; }

    /// <summary>The place; only for locations.</summary>
    public EventLocation? Location { get; init; }

    /// <summary>The sticker; only for stickers.</summary>
    public EventSticker? Sticker { get; init; }

    /// <summary>The contact; only for contacts.</summary>
    public EventContact? Contact { get; init; }

    /// <summary>The button; only for postbacks.</summary>
    public EventPostback? Postback { get; init; }
}
