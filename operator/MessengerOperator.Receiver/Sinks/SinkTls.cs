using System.Net.Security;

namespace MessengerOperator.Receiver.Sinks;

/// <summary>How a TLS connection to a sink is made.</summary>
/// <param name="Trust">Authorities of the sink; null for the system's.</param>
/// <param name="Identity">Our certificate; null for none.</param>
internal sealed record SinkTls(SinkTrust? Trust, SinkIdentity? Identity)
{
    /// <summary>The same for the same files.</summary>
    public string Fingerprint => $"{Trust?.Fingerprint ?? "system"} {Identity?.Fingerprint ?? "nobody"}";

    /// <summary>For one handshake.</summary>
    /// <param name="host">Name that the sink's certificate must have; null leaves it to the caller.</param>
    public SslClientAuthenticationOptions Options(string? host = null)
    {
        var options = new SslClientAuthenticationOptions { TargetHost = host };
        if (Trust is not null)
        {
            options.CertificateChainPolicy = Trust.Policy();
        }

        if (Identity is not null)
        {
            options.ClientCertificateContext = Identity.Context();
        }

        return options;
    }
}
