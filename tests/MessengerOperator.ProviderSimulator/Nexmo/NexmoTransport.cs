using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using MessengerOperator.ProviderSimulator.Delivery;

namespace MessengerOperator.ProviderSimulator.Nexmo;

/// <summary>An SMS webhook call in the format that the dashboard says, and back.</summary>
internal static class NexmoTransport
{
    private const string FormType = "application/x-www-form-urlencoded";
    private const string JsonType = "application/json";

    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static WebhookRequest Write(string format, IReadOnlyList<(string Name, string Value)> parameters, Uri url, TimeSpan timeout) => format switch
    {
        NexmoSetting.Get => new WebhookRequest { Method = HttpMethod.Get, Url = new UriBuilder(url) { Query = Encode(parameters) }.Uri, Timeout = timeout },
        NexmoSetting.Form => Post(Encoding.ASCII.GetBytes(Encode(parameters)), FormType, timeout),
        _ => Post(Json(parameters), JsonType, timeout),
    };

    /// <summary>The parameters of a call that <see cref="Write"/> made, and its format.</summary>
    public static (string Format, List<(string Name, string Value)> Parameters) Read(WebhookRequest request)
    {
        if (request.Body is null)
        {
            return (NexmoSetting.Get, Decode(request.Url!.Query[1..]));
        }

        return request.Headers.Any(header => header.Value == FormType)
            ? (NexmoSetting.Form, Decode(Encoding.ASCII.GetString(request.Body)))
            : (NexmoSetting.Json, [.. JsonNode.Parse(request.Body)!.AsObject().Select(member => (member.Key, member.Value!.GetValue<string>()))]);
    }

    private static WebhookRequest Post(byte[] body, string type, TimeSpan timeout) => new() { Body = body, Headers = [new("Content-Type", type)], Timeout = timeout };

    private static string Encode(IEnumerable<(string Name, string Value)> parameters) =>
        string.Join('&', parameters.Select(parameter => $"{WebUtility.UrlEncode(parameter.Name)}={WebUtility.UrlEncode(parameter.Value)}"));

    private static List<(string Name, string Value)> Decode(string encoded) =>
        [.. encoded.Split('&').Select(pair => pair.Split('=', 2)).Select(pair => (WebUtility.UrlDecode(pair[0]), WebUtility.UrlDecode(pair[1])))];

    // By hand, because a forged one may have a member twice.
    private static byte[] Json(IEnumerable<(string Name, string Value)> parameters)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Relaxed))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in parameters)
            {
                writer.WriteString(name, value);
            }

            writer.WriteEndObject();
        }

        return stream.ToArray();
    }
}
