using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace MessengerOperator.Receiver.Sinks;

/// <summary>Authorities that a sink's certificate must chain to, instead of the system's.</summary>
internal sealed class SinkTrust
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    private readonly X509Certificate2Collection _authorities = [];

    private SinkTrust(byte[] bundle)
    {
        Pem = Encoding.UTF8.GetString(bundle);
        _authorities.ImportFromPem(Pem);
        Fingerprint = Convert.ToHexStringLower(SHA256.HashData(bundle));
    }

    /// <summary>The certificates as they came.</summary>
    public string Pem { get; }

    /// <summary>The same for the same certificates.</summary>
    public string Fingerprint { get; }

    /// <summary>Reads PEM certificates.</summary>
    /// <exception cref="CryptographicException">There is no readable one.</exception>
    public static SinkTrust Of(byte[] bundle)
    {
        var trust = new SinkTrust(bundle);
        return trust._authorities.Count > 0 ? trust : throw new CryptographicException("The bundle has no certificate.");
    }

    /// <summary>Whether a server's certificate chains to the authorities, for clients that cannot be given a <see cref="Policy"/>.</summary>
    /// <param name="certificate">The server's.</param>
    /// <param name="sent">What the server sent with it.</param>
    /// <param name="errors">What the handshake found by the system's authorities.</param>
    public bool Accepts(X509Certificate? certificate, X509Chain? sent, SslPolicyErrors errors)
    {
        if (certificate is not X509Certificate2 server || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None)
        {
            return false;
        }

        using var chain = new X509Chain { ChainPolicy = Policy() };
        chain.ChainPolicy.ApplicationPolicy.Add(new(ServerAuthentication));
        chain.ChainPolicy.ExtraStore.AddRange(sent?.ChainPolicy.ExtraStore ?? []);
        return chain.Build(server);
    }

    /// <summary>How chains are built. Of its own for each caller.</summary>
    public X509ChainPolicy Policy()
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(_authorities);
        return policy;
    }
}
