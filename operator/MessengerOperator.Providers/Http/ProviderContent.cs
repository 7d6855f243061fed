using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace MessengerOperator.Providers.Http;

/// <summary>Bodies of calls to providers.</summary>
internal static class ProviderContent
{
    /// <summary>A JSON body, with exactly <c>application/json</c> as its type.</summary>
    public static HttpContent Json<T>(T body, JsonTypeInfo<T> type)
    {
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, type));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }

    /// <summary>A form body.</summary>
    public static HttpContent Form(params ReadOnlySpan<(string Name, string Value)> fields)
    {
        var pairs = new List<KeyValuePair<string, string>>(fields.Length);
        foreach (var (name, value) in fields)
        {
            pairs.Add(new(name, value));
        }

        return new FormUrlEncodedContent(pairs);
    }
}
