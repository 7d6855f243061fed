namespace MessengerOperator.ProviderSimulator.Faults;

/// <summary>A failure that a provider method shows until it is used up or cleared.</summary>
public sealed record Fault
{
    /// <summary>Name of a prepared fault of the provider (such as <c>not-https</c>); when set, it supplies everything but times, delay and what else is given.</summary>
    public string? Preset { get; set; }

    /// <summary>What the caller sees.</summary>
    public FaultKind Kind { get; set; } = FaultKind.Error;

    /// <summary>HTTP status; null takes 500 for an error, 502 for HTML, 200 for an empty body and for garbage.</summary>
    public int? Status { get; set; }

    /// <summary>The envelope's description; null takes the provider's usual text for the status.</summary>
    public string? Description { get; set; }

    /// <summary>The provider's own code, where its envelope has one: Facebook's <c>190</c>, Viber's <c>7</c>, the end of Vonage's <c>type</c>.</summary>
    public string? Code { get; set; }

    /// <summary>The code below the code, such as Facebook's <c>463</c>.</summary>
    public string? Subcode { get; set; }

    /// <summary>The exact body in place of the envelope; goes before description and codes.</summary>
    public string? Body { get; set; }

    /// <summary>The body's content type; default <c>application/json</c>.</summary>
    public string? ContentType { get; set; }

    /// <summary>Further headers of the answer, with every kind.</summary>
    public IReadOnlyDictionary<string, string>? Headers { get; set; }

    /// <summary>Seconds in the envelope and in the <c>Retry-After</c> header; null for neither (1 for a 429).</summary>
    public int? RetryAfterSeconds { get; set; }

    /// <summary>Real milliseconds before the answer, with every kind.</summary>
    public int DelayMilliseconds { get; set; }

    /// <summary>How many calls fail; null until cleared.</summary>
    public int? Times { get; set; }
}
