namespace MessengerOperator.Providers.Webhooks;

/// <summary>TLS to a broker: that it is there switches TLS on.</summary>
public sealed record ReceiverTls
{
    /// <summary>File with PEM certificates that the broker's certificate must chain to; null for the system's.</summary>
    public string? CaBundleFile { get; init; }

    /// <summary>File with our certificate (PEM, with its chain if it has one); null for none.</summary>
    public string? ClientCertificateFile { get; init; }

    /// <summary>File with the private key of our certificate (PEM, not encrypted). Only together with the certificate.</summary>
    public string? ClientKeyFile { get; init; }
}
