using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace MessengerOperator.ProviderSimulator.Network;

/// <summary>The system's roots and, besides them, certificate authorities of our own.</summary>
internal sealed class TrustedRoots
{
    private readonly X509Certificate2Collection _additional = [];

    public static TrustedRoots FromFile(string? pemFile)
    {
        var roots = new TrustedRoots();
        if (pemFile is not null)
        {
            roots._additional.ImportFromPemFile(pemFile);
        }

        return roots;
    }

    /// <summary>Trusts a PEM certificate besides those already trusted, as an uploaded self-signed one.</summary>
    public TrustedRoots With(string? pem)
    {
        if (pem is null)
        {
            return this;
        }

        var roots = new TrustedRoots();
        roots._additional.AddRange(_additional);
        roots._additional.ImportFromPem(pem);
        return roots;
    }

    public void Add(string pem)
    {
        lock (_additional)
        {
            _additional.ImportFromPem(pem);
        }
    }

    /// <summary>The callback for <see cref="SslClientAuthenticationOptions"/>: name and chain must both hold.</summary>
    public bool Validate(object sender, X509Certificate? certificate, X509Chain? presented, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None)
        {
            return true;
        }

        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || certificate is not X509Certificate2 leaf)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        lock (_additional)
        {
            if (_additional.Count == 0)
            {
                return false;
            }

            chain.ChainPolicy.CustomTrustStore.AddRange(_additional);
        }

        // What the server sent besides its own certificate.
        if (presented is not null)
        {
            chain.ChainPolicy.ExtraStore.AddRange(presented.ChainPolicy.ExtraStore);
        }

        return chain.Build(leaf);
    }
}
