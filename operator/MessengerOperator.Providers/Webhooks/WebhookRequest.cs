namespace MessengerOperator.Providers.Webhooks;

/// <summary>One HTTP request as it arrived, free of any web framework.</summary>
/// <param name="Method">In upper case.</param>
/// <param name="Path">Decoded, without the query.</param>
/// <param name="Query">As it was sent, with its question mark; empty when there is none.</param>
/// <param name="Headers">The header fields.</param>
/// <param name="Body">The bytes as they arrived. The receiver reuses the memory once it has written the events out.</param>
public readonly record struct WebhookRequest(string Method, string Path, string Query, IWebhookHeaders Headers, ReadOnlyMemory<byte> Body);
