using MessengerOperator.Meta.Entities;

namespace MessengerOperator.Api.MessengerIntegrations;

/// <summary>TLS to a broker. An empty block switches it on, with the usual public authorities.</summary>
[ValidationRule("has(self.clientCertificate) == has(self.clientKey)", SpecMessages.ClientCertificateNeedsKey)]
public sealed record SinkTlsSpec
{
    /// <summary>Certificates (PEM, base64 coded) that the broker's certificate is checked against. Without it the usual public ones.</summary>
    [Format("byte")]
    [Length(1, 131072)]
    public string? CaBundle { get; init; }

    /// <summary>The Secret key that holds our certificate (PEM, with its chain), for brokers that ask for one.</summary>
    public SecretKeySelector? ClientCertificate { get; init; }

    /// <summary>The Secret key that holds the private key of our certificate (PEM, not encrypted).</summary>
    public SecretKeySelector? ClientKey { get; init; }
}
