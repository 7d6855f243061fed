namespace MessengerOperator.Providers.Webhooks;

/// <summary>A header field.</summary>
/// <param name="Count">How often the request carries it; a signature that is there twice is refused.</param>
/// <param name="Value">Its value without surrounding blanks when it is there exactly once; otherwise null.</param>
public readonly record struct WebhookHeader(int Count, string? Value);
