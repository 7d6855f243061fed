using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MessengerOperator.ProviderSimulator.Telegram;

/// <summary>A call's arguments as text, however they were sent: query, form, multipart or JSON.</summary>
internal sealed class TelegramArguments
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    public string this[string name] => _values.GetValueOrDefault(name, string.Empty);

    public IReadOnlyDictionary<string, string> Values => _values;

    public bool Has(string name) => this[name].Length > 0;

    /// <summary>True for <c>true</c>, <c>yes</c> and <c>1</c>, as the server reads booleans.</summary>
    public bool Flag(string name) => this[name].Trim().ToLowerInvariant() is "true" or "yes" or "1";

    /// <summary>A number within bounds: absent takes the default, everything else is clamped, what is no number counts as 0.</summary>
    public int Number(string name, int absent, int least, int most)
    {
        if (!Has(name))
        {
            return absent;
        }

        _ = int.TryParse(this[name], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number);
        return Math.Clamp(number, least, most);
    }

    public static TelegramArguments From(JsonObject members)
    {
        var arguments = new TelegramArguments();
        foreach (var (name, value) in members)
        {
            if (value is not null)
            {
                arguments._values[name] = value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();
            }
        }

        return arguments;
    }

    /// <summary>Reads the arguments of a request.</summary>
    /// <exception cref="FormatException">The body says that it is JSON and is not an object.</exception>
    public static async Task<TelegramArguments> ReadAsync(HttpRequest request)
    {
        var arguments = new TelegramArguments();
        foreach (var (name, value) in request.Query)
        {
            arguments._values[name] = value.ToString();
        }

        if (request.HasFormContentType)
        {
            await arguments.ReadFormAsync(request);
        }
        else if (request.ContentType?.Contains("application/json", StringComparison.OrdinalIgnoreCase) == true)
        {
            foreach (var (name, value) in (await ReadJsonAsync(request))._values)
            {
                arguments._values[name] = value;
            }
        }

        return arguments;
    }

    private async Task ReadFormAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
        foreach (var (name, value) in form)
        {
            _values[name] = value.ToString();
        }

        foreach (var file in form.Files)
        {
            using var reader = new StreamReader(file.OpenReadStream());
            _values[file.Name] = await reader.ReadToEndAsync(request.HttpContext.RequestAborted);
        }
    }

    private static async Task<TelegramArguments> ReadJsonAsync(HttpRequest request)
    {
        if (request.ContentLength == 0)
        {
            return new TelegramArguments();
        }

        try
        {
            var node = await JsonNode.ParseAsync(request.Body, cancellationToken: request.HttpContext.RequestAborted);
            return node is JsonObject members ? From(members) : throw new FormatException("expected a JSON object");
        }
        catch (JsonException)
        {
            throw new FormatException("can't parse JSON object");
        }
    }
}
