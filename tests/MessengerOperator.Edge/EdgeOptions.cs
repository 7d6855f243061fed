using System.Security.Cryptography.X509Certificates;

namespace MessengerOperator.Edge;

/// <summary>What an edge is started with.</summary>
public sealed record EdgeOptions
{
    /// <summary>Where it listens; https addresses need a certificate. Port 0 takes any free port.</summary>
    public IReadOnlyList<string> Urls { get; init; } = ["https://127.0.0.1:0"];

    /// <summary>The certificate of https addresses, with its private key.</summary>
    public X509Certificate2? Certificate { get; init; }
}
