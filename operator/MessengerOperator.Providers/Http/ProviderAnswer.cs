using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace MessengerOperator.Providers.Http;

/// <summary>An HTTP answer, read whole.</summary>
/// <param name="Status">HTTP status code.</param>
/// <param name="Body">The body, at most <see cref="ProviderHttp.MaxBodyBytes"/> bytes.</param>
/// <param name="RetryAfter">The <c>Retry-After</c> header as a duration; null when absent or unreadable.</param>
/// <param name="Headers">The header fields.</param>
public sealed record ProviderAnswer(int Status, ReadOnlyMemory<byte> Body, TimeSpan? RetryAfter, HttpResponseHeaders Headers)
{
    /// <summary>Whether the HTTP status says success.</summary>
    public bool IsSuccess => Status is >= 200 and <= 299;

    /// <summary>The first value of a header field; null when there is none.</summary>
    public string? Header(string name) => Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    /// <summary>Reads the body as JSON of that shape; false for anything else, such as a proxy's error page or a cut body.</summary>
    public bool TryReadJson<T>(JsonTypeInfo<T> type, [NotNullWhen(true)] out T? value)
    {
        try
        {
            value = JsonSerializer.Deserialize(Body.Span, type);
            return value is not null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            value = default;
            return false;
        }
    }
}
