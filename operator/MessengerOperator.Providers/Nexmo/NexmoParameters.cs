using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Providers.Nexmo;

/// <summary>The parameters of a request in mode Sms as decoded text, in the order they came; the same for query, form and JSON.</summary>
/// <remarks>
/// Whether a body is JSON is told by its first character alone, so that verification and parsing cannot disagree. Text that is no Unicode gets U+FFFD; percent signs that encode
/// nothing stay as they are. Either makes the whole <see cref="IsIllFormed"/>, which a verification refuses and a parser need not mind.
/// </remarks>
internal sealed class NexmoParameters
{
    // Vonage sends about twenty.
    private const int MaxCount = 64;

    private static readonly JsonDocumentOptions Flat = new() { MaxDepth = 64 };
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly SearchValues<char> Separators = SearchValues.Create("&=");

    private readonly List<(string Name, string Value)> _items = [];

    private NexmoParameters()
    {
    }

    /// <summary>All of them, those that came twice included.</summary>
    public IReadOnlyList<(string Name, string Value)> Items => _items;

    /// <summary>Whether a name is there more than once.</summary>
    public bool HasDuplicates { get; private set; }

    /// <summary>Whether some of it is not what Vonage sends, and might be read in two ways.</summary>
    public bool IsIllFormed { get; private set; }

    /// <summary>Whether the parameters are a JSON object in the body.</summary>
    public static bool AreJson(in WebhookRequest request)
    {
        var text = request.Body.Span.TrimStart(" \t\r\n"u8);
        return request.Method != "GET" && text.Length > 0 && text[0] == (byte)'{';
    }

    /// <summary>Reads a request; null when its body begins like JSON and is none.</summary>
    public static NexmoParameters? Read(in WebhookRequest request)
    {
        if (AreJson(request))
        {
            return ReadJson(request.Body);
        }

        var parameters = new NexmoParameters();
        parameters.AddForm(request.Method == "GET" ? Encoding.UTF8.GetBytes(request.Query.StartsWith('?') ? request.Query[1..] : request.Query) : request.Body.Span);
        return parameters;
    }

    /// <summary>The members of a JSON object: texts decoded, other scalars as they are written.</summary>
    public static NexmoParameters Of(JsonElement root)
    {
        var parameters = new NexmoParameters();
        foreach (var member in root.EnumerateObject())
        {
            if (parameters._items.Count == MaxCount)
            {
                parameters.IsIllFormed = true;
                break;
            }

            parameters.Add(member);
        }

        return parameters;
    }

    /// <summary>The first value of that name; null when there is none or it is empty.</summary>
    public string? Text(string name)
    {
        foreach (var item in _items)
        {
            if (item.Name == name)
            {
                return item.Value.Length > 0 ? item.Value : null;
            }
        }

        return null;
    }

    /// <summary>The parameters as a JSON object of texts: what stands for the original of a request that was no JSON.</summary>
    public JsonFragment ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Relaxed))
        {
            writer.WriteStartObject();
            for (var i = 0; i < _items.Count; i++)
            {
                if (!IsRepeated(i))
                {
                    writer.WriteString(_items[i].Name, _items[i].Value);
                }
            }

            writer.WriteEndObject();
        }

        return new(buffer.WrittenMemory);
    }

    private static NexmoParameters? ReadJson(ReadOnlyMemory<byte> body)
    {
        if (!Utf8.IsValid(body.Span))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(body, Flat);
            return Of(document.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void Add(JsonProperty member)
    {
        try
        {
            switch (member.Value.ValueKind)
            {
                case JsonValueKind.String:
                    Add(member.Name, Decode(member.Value));
                    break;
                case JsonValueKind.Object or JsonValueKind.Array:
                    // Nothing that Vonage documents, and there is no rule how to sign it.
                    IsIllFormed = true;
                    break;
                default:
                    Add(member.Name, member.Value.GetRawText());
                    break;
            }
        }
        catch (InvalidOperationException)
        {
            // A name with half a surrogate pair.
            IsIllFormed = true;
        }
    }

    private string Decode(JsonElement text)
    {
        try
        {
            return text.GetString()!;
        }
        catch (InvalidOperationException)
        {
            IsIllFormed = true;
            return JsonText.DecodeLenient(text.GetRawText());
        }
    }

    private void AddForm(ReadOnlySpan<byte> form)
    {
        foreach (var range in form.Split((byte)'&'))
        {
            var pair = form[range];
            if (pair.IsEmpty)
            {
                continue;
            }

            if (_items.Count == MaxCount)
            {
                IsIllFormed = true;
                return;
            }

            var equals = pair.IndexOf((byte)'=');
            Add(Decode(equals < 0 ? pair : pair[..equals]), equals < 0 ? "" : Decode(pair[(equals + 1)..]));
        }
    }

    private string Decode(ReadOnlySpan<byte> encoded)
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
                    IsIllFormed = true;
                    decoded[length++] = (byte)'%';
                    break;
                default:
                    decoded[length++] = encoded[i];
                    break;
            }
        }

        IsIllFormed |= !Utf8.IsValid(decoded.AsSpan(0, length));
        return Encoding.UTF8.GetString(decoded, 0, length);
    }

    private void Add(string name, string value)
    {
        // Names are signed as they are: one with a separator in it would sign like two parameters.
        IsIllFormed |= name.AsSpan().ContainsAny(Separators);
        _items.Add((name, value));
        HasDuplicates |= IsRepeated(_items.Count - 1);
    }

    private bool IsRepeated(int index)
    {
        for (var i = 0; i < index; i++)
        {
            if (_items[i].Name == _items[index].Name)
            {
                return true;
            }
        }

        return false;
    }
}
