using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Providers.Nexmo;

/// <summary>Reads parameters from a query, a form or a JSON object: Vonage's dashboard chooses which.</summary>
/// <remarks>
/// Whether a body is JSON is told by its first character alone, so that verification and parsing cannot disagree. Text that is no Unicode gets U+FFFD; percent signs that encode
/// nothing stay as they are. Either makes the whole ill-formed.
/// </remarks>
internal static class NexmoParameterReader
{
    private const string Get = "GET";

    /// <summary>Whether the parameters are a JSON object in the body.</summary>
    public static bool AreJson(in WebhookRequest request)
    {
        var text = request.Body.Span.TrimStart(" \t\r\n"u8);
        return request.Method != Get && text.Length > 0 && text[0] == (byte)'{';
    }

    /// <summary>Reads a request; null when its body begins like JSON and is none.</summary>
    public static NexmoParameters? Read(in WebhookRequest request) =>
        AreJson(request) ? ReadJson(request.Body)
        : request.Method == Get ? ReadForm(Encoding.UTF8.GetBytes(request.Query.StartsWith('?') ? request.Query[1..] : request.Query))
        : ReadForm(request.Body.Span);

    /// <summary>The members of a JSON object: texts decoded, other scalars as they are written.</summary>
    public static NexmoParameters Of(JsonElement root)
    {
        var parameters = new NexmoParameters();
        foreach (var member in root.EnumerateObject())
        {
            if (!TryAdd(parameters, member))
            {
                break;
            }
        }

        return parameters;
    }

    private static NexmoParameters? ReadJson(ReadOnlyMemory<byte> body)
    {
        if (!Utf8.IsValid(body.Span))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(body);
            return Of(document.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool TryAdd(NexmoParameters parameters, JsonProperty member)
    {
        try
        {
            switch (member.Value.ValueKind)
            {
                case JsonValueKind.String:
                    return parameters.TryAdd(member.Name, Decode(member.Value, parameters));
                case JsonValueKind.Object or JsonValueKind.Array:
                    // Nothing that Vonage documents, and there is no rule how to sign it.
                    parameters.IsIllFormed = true;
                    return true;
                default:
                    return parameters.TryAdd(member.Name, member.Value.GetRawText());
            }
        }
        catch (InvalidOperationException)
        {
            // A name with half a surrogate pair.
            parameters.IsIllFormed = true;
            return true;
        }
    }

    private static string Decode(JsonElement text, NexmoParameters parameters)
    {
        try
        {
            return text.GetString()!;
        }
        catch (InvalidOperationException)
        {
            parameters.IsIllFormed = true;
            return JsonText.DecodeLenient(text.GetRawText());
        }
    }

    private static NexmoParameters ReadForm(ReadOnlySpan<byte> form)
    {
        var parameters = new NexmoParameters();
        foreach (var range in form.Split((byte)'&'))
        {
            var pair = form[range];
            var equals = pair.IndexOf((byte)'=');
            var name = equals < 0 ? pair : pair[..equals];
            var value = equals < 0 ? default : pair[(equals + 1)..];
            if (!pair.IsEmpty && !parameters.TryAdd(Decode(name, parameters), Decode(value, parameters)))
            {
                break;
            }
        }

        return parameters;
    }

    private static string Decode(ReadOnlySpan<byte> encoded, NexmoParameters parameters)
    {
        var decoded = new byte[encoded.Length];
        var length = 0;
        for (var i = 0; i < encoded.Length; i++)
        {
            switch (encoded[i])
            {
                case (byte)'+':
                    decoded[length++] = (byte)' ';
                    break;
                case (byte)'%' when i + 2 < encoded.Length && Convert.FromHexString(encoded.Slice(i + 1, 2), decoded.AsSpan(length, 1), out _, out _) == OperationStatus.Done:
                    length++;
                    i += 2;
                    break;
                case (byte)'%':
                    parameters.IsIllFormed = true;
                    decoded[length++] = (byte)'%';
                    break;
                default:
                    decoded[length++] = encoded[i];
                    break;
            }
        }

        parameters.IsIllFormed |= !Utf8.IsValid(decoded.AsSpan(0, length));
        return Encoding.UTF8.GetString(decoded, 0, length);
    }
}
