using System.Net;

namespace MessengerOperator.ProviderSimulator.Delivery;

/// <summary>Where and how to reach a registered webhook.</summary>
internal sealed record WebhookEndpoint
{
    public required Uri Url { get; init; }

    /// <summary>Where the connection is opened, which a name override may bend.</summary>
    public required IPEndPoint ConnectTo { get; init; }

    public required int MaxConnections { get; init; }

    /// <summary>PEM of an uploaded certificate that is trusted for this webhook only.</summary>
    public string? Certificate { get; init; }
}
