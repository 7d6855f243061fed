using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MessengerOperator.Edge;

/// <summary>A throw-away certificate authority and one server certificate it signed.</summary>
public sealed class TestCertificates : IDisposable
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);
    private static readonly TimeSpan ClockSkew = TimeSpan.FromDays(1);

    private TestCertificates(X509Certificate2 authority, X509Certificate2 server, string serverKeyPem)
    {
        Server = server;
        AuthorityPem = authority.ExportCertificatePem();
        ServerPem = server.ExportCertificatePem();
        ServerKeyPem = serverKeyPem;
    }

    /// <summary>The server certificate with its private key.</summary>
    public X509Certificate2 Server { get; }

    /// <summary>The authority's certificate, for those who shall trust it.</summary>
    public string AuthorityPem { get; }

    /// <summary>The server certificate.</summary>
    public string ServerPem { get; }

    /// <summary>The server's private key, PKCS #8.</summary>
    public string ServerKeyPem { get; }

    /// <summary>Makes an authority and a certificate for these DNS names and IP addresses.</summary>
    /// <param name="hosts">At least one; the first is also the common name.</param>
    /// <param name="clock">The clock of the validity dates; null is the system's.</param>
    public static TestCertificates Create(IReadOnlyList<string> hosts, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(hosts);
        ArgumentOutOfRangeException.ThrowIfZero(hosts.Count, nameof(hosts));
        var from = (clock ?? TimeProvider.System).GetUtcNow() - ClockSkew;

        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authorityRequest = new CertificateRequest("CN=Throw-away test authority", authorityKey, HashAlgorithmName.SHA256);
        authorityRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        authorityRequest.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        authorityRequest.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(authorityRequest.PublicKey, false));
        using var authority = authorityRequest.CreateSelfSigned(from, from + Lifetime);

        using var serverKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var names = new SubjectAlternativeNameBuilder();
        foreach (var host in hosts)
        {
            if (IPAddress.TryParse(host, out var address))
            {
                names.AddIpAddress(address);
            }
            else
            {
                names.AddDnsName(host);
            }
        }

        var request = new CertificateRequest(new X500DistinguishedName($"CN={hosts[0]}"), serverKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, true, false));
        request.CertificateExtensions.Add(names.Build());
        using var signed = request.Create(authority, from, from + Lifetime, RandomNumberGenerator.GetBytes(16));
        var server = signed.CopyWithPrivateKey(serverKey);
        return new TestCertificates(authority, server, serverKey.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>Writes ca.crt, tls.crt and tls.key; the key is readable by its owner only.</summary>
    public async Task WriteToAsync(string directory, CancellationToken cancellationToken = default)
    {
        Directory.CreateDirectory(directory);
        await File.WriteAllTextAsync(Path.Combine(directory, "ca.crt"), AuthorityPem, cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(directory, "tls.crt"), ServerPem, cancellationToken);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using var key = new StreamWriter(new FileStream(Path.Combine(directory, "tls.key"), options));
        await key.WriteAsync(ServerKeyPem.AsMemory(), cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => Server.Dispose();
}
