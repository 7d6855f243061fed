using System.Text;
using System.Text.Json;

namespace MessengerOperator.Providers.Tests.Suites;

/// <summary>Variants of a request with one of its values replaced.</summary>
internal static class HostileValues
{
    /// <summary>2^53 + 1: what passes through a double comes out as the number below it.</summary>
    public const string NoDouble = "9007199254740993";

    private static readonly string[] InJson = ["null", "true", "-1", "1e308", "99999999999999999999", "\"\"", "\" \"", "\"\\ud83d\"", "\"http://[\"", "[]", "[[1]]", "[null]", "{}", NoDouble];
    private static readonly string[] InForms = ["", "%20", "-1", "1e308", "99999999999999999999", "%00", "%ED%A0%BD", "%F0%9F%91", "%", "%zz", "%5B%5D", "http%3A%2F%2F%5B", NoDouble];

    /// <summary>Each value of a JSON document replaced by each hostile one, with the path of the value (<c>events[].source.userId</c>).</summary>
    public static IEnumerable<(string Path, byte[] Bytes)> OfJson(byte[] document) =>
        from value in Values(document)
        from replacement in InJson
        select (value.Path, (byte[])[.. document.AsSpan(0, value.Start), .. Encoding.UTF8.GetBytes(replacement), .. document.AsSpan(value.End)]);

    /// <summary>Each parameter replaced, left out and doubled, with its name.</summary>
    public static IEnumerable<(string Path, byte[] Bytes)> OfForm(byte[] form)
    {
        var parameters = Encoding.UTF8.GetString(form).Split('&');
        for (var i = 0; i < parameters.Length; i++)
        {
            var name = parameters[i].Split('=')[0];
            foreach (var variant in InForms.Select(value => $"{name}={value}").Append(name).Append($"{parameters[i]}&{parameters[i]}"))
            {
                yield return (name, Encoding.UTF8.GetBytes(string.Join('&', [.. parameters[..i], variant, .. parameters[(i + 1)..]])));
            }

            yield return (name, Encoding.UTF8.GetBytes(string.Join('&', [.. parameters[..i], .. parameters[(i + 1)..]])));
        }
    }

    private static List<(string Path, int Start, int End)> Values(byte[] document)
    {
        var values = new List<(string, int, int)>();
        var containers = new Stack<string>();
        var path = "";
        var reader = new Utf8JsonReader(document);
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    var name = reader.GetString()!;
                    path = containers.Peek() is { Length: > 0 } parent ? $"{parent}.{name}" : name;
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    containers.Pop();
                    path = containers.TryPeek(out var outer) ? outer : "";
                    break;
                default:
                    values.Add((path, (int)reader.TokenStartIndex, End(reader)));
                    if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                    {
                        path += reader.TokenType == JsonTokenType.StartArray ? "[]" : "";
                        containers.Push(path);
                    }

                    break;
            }
        }

        // The document itself is not replaced: what has no object is no event of any provider.
        return values[1..];
    }

    private static int End(Utf8JsonReader reader)
    {
        reader.Skip();
        return (int)reader.BytesConsumed;
    }
}
