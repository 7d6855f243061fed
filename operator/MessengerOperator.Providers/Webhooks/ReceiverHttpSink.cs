namespace MessengerOperator.Providers.Webhooks;

/// <summary>A sink that takes CloudEvents over HTTP (binary content mode).</summary>
public sealed record ReceiverHttpSink
{
    /// <summary>Address that events are posted to; http or https.</summary>
    public required Uri Url { get; init; }

    /// <summary>Extra request headers that are no secret, by name.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Files with extra request headers' values by header name, for example an API key.</summary>
    public IReadOnlyDictionary<string, string> HeaderFiles { get; init; } = new Dictionary<string, string>();

    /// <summary>File with a bearer token; null for none.</summary>
    public string? BearerTokenFile { get; init; }

    /// <summary>File with PEM certificates that the sink's certificate must chain to; null for the system's.</summary>
    public string? CaBundleFile { get; init; }
}
