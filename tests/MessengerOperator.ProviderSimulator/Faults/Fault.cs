namespace MessengerOperator.ProviderSimulator.Faults;

/// <summary>A failure that a provider method shows until it is used up or cleared.</summary>
public sealed record Fault
{
    /// <summary>Name of a prepared fault of the provider (such as <c>not-https</c>); when set, it supplies kind, status and description.</summary>
    public string? Preset { get; set; }

    /// <summary>What the caller sees.</summary>
    public FaultKind Kind { get; set; } = FaultKind.Error;

    /// <summary>HTTP status; null takes 500 for an error, 502 for HTML, 200 for an empty body and for garbage.</summary>
    public int? Status { get; set; }

    /// <summary>The envelope's description; null takes the provider's usual text for the status.</summary>
    public string? Description { get; set; }

    /// <summary>Seconds in the envelope and in the <c>Retry-After</c> header; null for neither (1 for a 429).</summary>
    public int? RetryAfterSeconds { get; set; }

    /// <summary>Real milliseconds before the answer, with every kind.</summary>
    public int DelayMilliseconds { get; set; }

    /// <summary>How many calls fail; null until cleared.</summary>
    public int? Times { get; set; }
}
