using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace MessengerOperator.Receiver.Sinks;

/// <summary>Our certificate and its key, for sinks that ask who we are.</summary>
internal sealed class SinkIdentity
{
    private SinkIdentity(string certificate, string key)
    {
        (Pem, KeyPem) = (certificate, key);
        Certificate = X509Certificate2.CreateFromPem(certificate, key);
        var all = new X509Certificate2Collection();
        all.ImportFromPem(certificate);
        Chain = [.. all.Skip(1)];
        Fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(certificate + key)));
    }

    /// <summary>The certificate with its key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>What is between it and its root.</summary>
    public X509Certificate2Collection Chain { get; }

    /// <summary>The certificates as they came.</summary>
    public string Pem { get; }

    /// <summary>The key as it came. A secret.</summary>
    public string KeyPem { get; }

    /// <summary>The same for the same certificate and key.</summary>
    public string Fingerprint { get; }

    /// <summary>For a TLS handshake.</summary>
    public SslStreamCertificateContext Context() => SslStreamCertificateContext.Create(Certificate, Chain, offline: true);

    /// <summary>Reads PEM.</summary>
    /// <exception cref="CryptographicException">They are not PEM, or do not belong together.</exception>
    public static SinkIdentity Of(string certificate, string key)
    {
        try
        {
            return new(certificate, key);
        }
        catch (ArgumentException exception)
        {
            throw new CryptographicException("The key does not belong to the certificate.", exception);
        }
    }
}
