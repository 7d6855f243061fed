namespace MessengerOperator.Providers.Webhooks;

/// <summary>A file; at least one of <see cref="Url"/> and <see cref="FileId"/> is there.</summary>
public sealed record EventAttachment
{
    /// <summary>Address to fetch it from; it may expire. Null when the provider wants its API to be asked.</summary>
    public string? Url { get; init; }

    /// <summary>The id to ask the provider's API for it; null when there is a URL.</summary>
    public string? FileId { get; init; }

    /// <summary>File name; null when unknown. It comes from a stranger: never a path to write to.</summary>
    public string? Name { get; init; }

    /// <summary>Media type as the provider tells it; null when unknown.</summary>
    public string? MediaType { get; init; }

    /// <summary>Size in bytes; null when unknown.</summary>
    public long? SizeBytes { get; init; }

    /// <summary>Width in pixels; null when unknown.</summary>
    public int? Width { get; init; }

    /// <summary>Height in pixels; null when unknown.</summary>
    public int? Height { get; init; }

    /// <summary>Length in seconds; null when unknown.</summary>
    public double? DurationSeconds { get; init; }
}
