using System.Text.Json.Nodes;
using MessengerOperator.ProviderSimulator.Accounts;

namespace MessengerOperator.ProviderSimulator.Viber;

/// <summary>Writes the <c>message</c> of what a customer says.</summary>
internal sealed class ViberEventContents
{
    private const string ContextOption = "context";
    private const string TrackingOption = "trackingData";
    private const int MaxTextLength = 7000;

    private readonly CustomerMessage _message;

    /// <exception cref="FormatException">The message has an option that Viber's have not.</exception>
    public ViberEventContents(CustomerMessage message)
    {
        _message = message;
        if (message.Options.Keys.FirstOrDefault(name => name is not (ContextOption or TrackingOption)) is { } unknown)
        {
            throw new FormatException($"A Viber event has no option '{unknown}'; there are {ContextOption} and {TrackingOption}.");
        }
    }

    /// <summary>The deep link's parameter of a conversation that was opened by one.</summary>
    public string? Context => _message.Options.GetValueOrDefault(ContextOption);

    public JsonObject Of()
    {
        var content = Content();
        if (_message.Options.TryGetValue(TrackingOption, out var tracking))
        {
            content["tracking_data"] = tracking;
        }

        return content;
    }

    private JsonObject Content() => _message.Kind switch
    {
        MessageKind.Text or MessageKind.GroupMessage => Text(_message.Text ?? "hello operator"),
        // There is no event for it: what the button says is written as text.
        MessageKind.CallbackQuery => Text(_message.Text ?? "order:42"),
        MessageKind.Photo => Captioned(File("picture", "p.jpg", 91000)),
        MessageKind.Video => With(Captioned(File("video", "v.mp4", 900000)), "duration", 12),
        MessageKind.Document => File("file", "invoice.pdf", 20480),
        MessageKind.Sticker => new JsonObject { ["type"] = "sticker", ["sticker_id"] = 46105, ["media"] = "https://media.example.invalid/46105.png" },
        MessageKind.Contact => new JsonObject { ["type"] = "contact", ["contact"] = new JsonObject { ["name"] = "Bob", ["phone_number"] = "+440000000000" } },
        MessageKind.Link => new JsonObject { ["type"] = "url", ["media"] = _message.Text ?? "https://example.org/page" },
        MessageKind.Location => new JsonObject
        {
            ["type"] = "location",
            ["location"] = new JsonObject { ["lat"] = _message.Latitude, ["lon"] = _message.Longitude, ["address"] = "1 Sample St" },
        },
        _ => throw new FormatException($"{_message.Kind} is no message."),
    };

    private static JsonObject Text(string text) => text.Length is 0 or > MaxTextLength
        ? throw new FormatException("A text has 1 to 7000 characters.")
        : new JsonObject { ["type"] = "text", ["text"] = text };

    private static JsonObject File(string type, string name, int size) => new()
    {
        ["type"] = type,
        ["media"] = $"https://dl-media.example.invalid/{name}?Expires=1790003600&Signature=x",
        ["thumbnail"] = $"https://dl-media.example.invalid/t-{name}",
        ["file_name"] = name,
        ["size"] = size,
    };

    private JsonObject Captioned(JsonObject file) => _message.Text is null ? file : With(file, "text", _message.Text);

    private static JsonObject With(JsonObject item, string name, JsonNode value)
    {
        item[name] = value;
        return item;
    }
}
