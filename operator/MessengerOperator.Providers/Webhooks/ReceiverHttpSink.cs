namespace MessengerOperator.Providers.Webhooks;

/// <summary>A sink that takes CloudEvents over HTTP.</summary>
/// <remarks>The generated JSON reader sets init-only properties to null when the document has no such field; absent maps are empty all the same.</remarks>
public sealed record ReceiverHttpSink
{
    private static readonly Dictionary<string, string> None = [];

    /// <summary>Address that events are posted to; http or https.</summary>
    public required Uri Url { get; init; }

    /// <summary>Whether the attributes are in the body with the data (structured content mode) instead of in headers (binary content mode).</summary>
    public bool Structured { get; init; }

    /// <summary>
    /// Whether the address must not resolve to a private, loopback or link-local one; checked when a connection is made, so that a public name cannot lead inside. False unless told otherwise.
    /// </summary>
    public bool DenyPrivateAddresses { get; init; }

    /// <summary>Extra request headers that are no secret, by name.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init => field = value ?? None; } = None;

    /// <summary>Files with extra request headers' values by header name, for example an API key.</summary>
    public IReadOnlyDictionary<string, string> HeaderFiles { get; init => field = value ?? None; } = None;

    /// <summary>File with a bearer token; null for none.</summary>
    public string? BearerTokenFile { get; init; }

    /// <summary>File with PEM certificates that the sink's certificate must chain to; null for the system's.</summary>
    public string? CaBundleFile { get; init; }

    /// <summary>File with our certificate (PEM, with its chain if it has one) for sinks that ask for one; null for none.</summary>
    public string? ClientCertificateFile { get; init; }

    /// <summary>File with the private key of our certificate (PEM, not encrypted). Only together with the certificate.</summary>
    public string? ClientKeyFile { get; init; }
}
