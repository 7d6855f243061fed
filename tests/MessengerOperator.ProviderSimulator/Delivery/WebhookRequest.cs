namespace MessengerOperator.ProviderSimulator.Delivery;

/// <summary>What is sent to a webhook: any method, with or without a query and a body.</summary>
internal sealed record WebhookRequest
{
    public HttpMethod Method { get; init; } = HttpMethod.Post;

    /// <summary>The address with its query, at the webhook's host; null is the registered URL.</summary>
    public Uri? Url { get; init; }

    /// <summary>The exact bytes; null sends no body.</summary>
    public byte[]? Body { get; init; }

    /// <summary>
    /// Headers besides Content-Length, Connection and Accept-Encoding. Without a <c>Host</c> among them the usual one is sent.
    /// </summary>
    public IReadOnlyList<WebhookHeader> Headers { get; init; } = [];

    /// <summary>How long the receiver may stay silent, real time; the simulator's option goes before it.</summary>
    public required TimeSpan Timeout { get; init; }
}
