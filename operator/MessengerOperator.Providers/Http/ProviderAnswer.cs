namespace MessengerOperator.Providers.Http;

/// <summary>An HTTP answer, read whole.</summary>
/// <param name="Status">HTTP status code.</param>
/// <param name="Body">The body, at most <see cref="ProviderHttp.MaxBodyBytes"/> bytes.</param>
/// <param name="RetryAfter">The <c>Retry-After</c> header as a duration; null when absent or unreadable.</param>
public sealed record ProviderAnswer(int Status, ReadOnlyMemory<byte> Body, TimeSpan? RetryAfter);
