using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Providers.Nexmo;

/// <summary>The parameters of a request in mode Sms as decoded text, in the order they came. Filled by <see cref="NexmoParameterReader"/>.</summary>
internal sealed class NexmoParameters
{
    // Vonage sends about twenty.
    private const int MaxCount = 64;

    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly SearchValues<char> Separators = SearchValues.Create("&=");

    private readonly List<(string Name, string Value)> _items = [];

    /// <summary>All of them, those that came twice included.</summary>
    public IReadOnlyList<(string Name, string Value)> Items => _items;

    /// <summary>Whether a name is there more than once.</summary>
    public bool HasDuplicates { get; private set; }

    /// <summary>Whether some of it is not what Vonage sends, and might be read in two ways. A verification refuses that, a parser need not mind.</summary>
    public bool IsIllFormed { get; set; }

    /// <summary>Adds one more; false when there are too many.</summary>
    public bool TryAdd(string name, string value)
    {
        if (_items.Count == MaxCount)
        {
            IsIllFormed = true;
            return false;
        }

        // Names are signed as they are: one with a separator in it would sign like two parameters.
        IsIllFormed |= name.AsSpan().ContainsAny(Separators);
        _items.Add((name, value));
        HasDuplicates |= IsRepeated(_items.Count - 1);
        return true;
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
