using System.Text.Json;
using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Providers.Viber;

/// <summary>Reads what a message says.</summary>
internal static class ViberWebhookContent
{
    /// <summary>The content; null for types that the schema has none for.</summary>
    public static EventContent? Of(JsonElement message) => message.Text("type") switch
    {
        "text" => Text(message.Text("text")),
        "url" => Text(message.Text("media")),
        "picture" => File(ContentType.Image, message),
        "video" => File(ContentType.Video, message),
        "file" => File(ContentType.File, message),
        "sticker" => Sticker(message),
        "location" => Place(message),
        "contact" => Contact(message),
        _ => null,
    };

    private static EventContent? Text(string? text) => text is null ? null : new() { Type = ContentType.Text, Text = text };

    private static EventContent? File(ContentType type, JsonElement message) => Attachment(message) is { } attachment
        ? new() { Type = type, Text = message.Text("text"), Attachments = [attachment] }
        : Text(message.Text("text"));

    private static EventContent? Sticker(JsonElement message) => message.Id("sticker_id") is { } id
        ? new() { Type = ContentType.Sticker, Sticker = new(id), Attachments = Attachment(message) is { } picture ? [picture] : null }
        : null;

    private static EventContent? Place(JsonElement message) =>
        message.Object("location") is { } location && location.Number("lat") is { } latitude && location.Number("lon") is { } longitude
            ? new() { Type = ContentType.Location, Location = new(latitude, longitude, Title: null, location.Text("address")) }
            : null;

    private static EventContent? Contact(JsonElement message) => message.Object("contact") is { } contact
        ? new() { Type = ContentType.Contact, Contact = new(contact.Text("name"), contact.Text("phone_number")) }
        : null;

    private static EventAttachment? Attachment(JsonElement message) =>
        message.Text("media") is { } media && Uri.TryCreate(media, UriKind.Absolute, out var address) && address is { Scheme: "https" or "http" }
            ? new()
            {
                Url = media,
                Name = message.Text("file_name"),
                SizeBytes = message.Integer("size") is >= 0 and var size ? size : null,
                DurationSeconds = message.Number("duration") is >= 0 and var duration ? duration : null,
            }
            : null;
}
