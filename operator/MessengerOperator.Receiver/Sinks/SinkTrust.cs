using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace MessengerOperator.Receiver.Sinks;

/// <summary>Authorities that a sink's certificate must chain to, instead of the system's.</summary>
internal sealed class SinkTrust
{
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

    /// <summary>How chains are built. Of its own for each caller.</summary>
    public X509ChainPolicy Policy()
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(_authorities);
        return policy;
    }
}
