using System.Text.Json;
using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Providers.Line;

/// <summary>Reads what a message says and what a button means.</summary>
internal static class LineWebhookContent
{
    /// <summary>The content of a message; null for kinds that the schema has no type for, and for files that nobody could fetch.</summary>
    public static EventContent? Of(JsonElement message) => message.Text("type") switch
    {
        "text" when message.Text("text") is { } text => new() { Type = ContentType.Text, Text = text },
        "image" => File(message, ContentType.Image),
        "video" => File(message, ContentType.Video),
        "audio" => File(message, ContentType.Audio),
        "file" => File(message, ContentType.File),
        "location" => Place(message),
        "sticker" => new()
        {
            Type = ContentType.Sticker,
            Text = message.Text("text"),
            Sticker = new(message.Id("stickerId"), message.Id("packageId")),
        },
        _ => null,
    };

    /// <summary>A pressed button, with what was chosen in a date and time picker.</summary>
    public static EventContent Pressed(JsonElement postback) => new()
    {
        Type = ContentType.Postback,
        Postback = new(postback.Text("data")) { Params = Params(postback) },
    };

    private static EventContent? File(JsonElement message, ContentType type)
    {
        var provider = message.Object("contentProvider") ?? default;
        var isExternal = provider.Text("type") == "external";
        var url = isExternal ? WebAddress(provider.Text("originalContentUrl")) : null;
        var fileId = isExternal ? null : message.Id("id");
        return url is null && fileId is null
            ? null
            : new()
            {
                Type = type,
                Attachments =
                [
                    new()
                    {
                        Url = url,
                        FileId = fileId,
                        Name = message.Text("fileName"),
                        SizeBytes = message.Integer("fileSize") is >= 0 and var size ? size : null,
                        DurationSeconds = message.Number("duration") is >= 0 and var milliseconds ? milliseconds / 1000 : null,
                    },
                ],
            };
    }

    private static EventContent? Place(JsonElement message) =>
        message.Number("latitude") is { } latitude && message.Number("longitude") is { } longitude
            ? new() { Type = ContentType.Location, Location = new(latitude, longitude, message.Text("title"), message.Text("address")) }
            : null;

    private static Dictionary<string, string>? Params(JsonElement postback)
    {
        if (postback.Object("params") is not { } chosen)
        {
            return null;
        }

        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var value in chosen.EnumerateObject())
        {
            if (chosen.Text(value.Name) is { } text)
            {
                values[value.Name] = text;
            }
        }

        return values.Count == 0 ? null : values;
    }

    private static string? WebAddress(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp) ? url : null;
}
