using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Probing;

/// <summary>Trusts the authorities of a PEM file besides the system's; the file is read for each check, so that it may be renewed.</summary>
internal sealed class AdditionalAuthorities(string pemFile)
{
    /// <summary>Accepts what the system accepts, and a certificate whose only flaw is an authority that the file vouches for.</summary>
    public bool Validate(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None)
        {
            return true;
        }

        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || certificate is null)
        {
            return false;
        }

        using var leaf = new X509Certificate2(certificate);
        using var again = new X509Chain();
        again.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        again.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        again.ChainPolicy.CustomTrustStore.ImportFromPemFile(pemFile);
        foreach (var element in chain?.ChainElements.Skip(1) ?? [])
        {
            again.ChainPolicy.ExtraStore.Add(element.Certificate);
        }

        return again.Build(leaf);
    }
}
