using System.Text.Json;
using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Providers.Nexmo;

/// <summary>Reads what a message of the Messages API says.</summary>
internal static class NexmoMessagesContent
{
    /// <summary>The content; null for kinds that the schema has no type for, and for those that do not exist yet.</summary>
    public static EventContent? Of(JsonElement message, string? type) => type switch
    {
        "text" => message.Text("text") is { } text ? new() { Type = ContentType.Text, Text = text } : null,
        "image" => Media(message.Object(type), ContentType.Image),
        "audio" => Media(message.Object(type), ContentType.Audio),
        "video" => Media(message.Object(type), ContentType.Video),
        "file" => Media(message.Object(type), ContentType.File),
        "sticker" => Media(message.Object(type), ContentType.Sticker) is { } sticker ? sticker with { Sticker = new() } : null,
        "location" => Place(message.Object(type)),
        "reply" => Press(message.Object(type), data: "id", title: "title"),
        "button" => Press(message.Object(type), data: "payload", title: "text"),
        _ => null,
    };

    private static EventContent? Media(JsonElement? media, ContentType type) =>
        Address(media?.Text("url")) is { } url
            ? new() { Type = type, Text = media?.Text("caption"), Attachments = [new() { Url = url, Name = media?.Text("name") }] }
            : null;

    private static EventContent? Place(JsonElement? place) =>
        place is { } location && location.Number("lat") is { } latitude && location.Number("long") is { } longitude
            ? new() { Type = ContentType.Location, Location = new(latitude, longitude, location.Text("name"), location.Text("address")) }
            : null;

    private static EventContent? Press(JsonElement? button, string data, string title) =>
        button is { } pressed
            ? new() { Type = ContentType.Postback, Text = pressed.Text(title), Postback = new(pressed.Text(data), pressed.Text(title)) }
            : null;

    private static string? Address(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "https" or "http"
            ? address.IsWellFormedOriginalString() ? url : address.AbsoluteUri
            : null;
}
