using System.Text.Json;
using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Providers.Telegram;

/// <summary>Reads what a message says.</summary>
internal static class TelegramWebhookContent
{
    private static readonly (string Field, ContentType Type)[] Files =
    [
        // An animation also carries a document for old clients, so it comes first.
        ("animation", ContentType.Video),
        ("video", ContentType.Video),
        ("video_note", ContentType.Video),
        ("audio", ContentType.Audio),
        ("voice", ContentType.Audio),
        ("document", ContentType.File),
    ];

    /// <summary>The content; null for service messages and for kinds that the schema has no type for (polls, dice, games, …).</summary>
    public static EventContent? Of(JsonElement message) =>
        Text(message) ?? Photo(message) ?? File(message) ?? Sticker(message) ?? Place(message) ?? Contact(message);

    private static EventContent? Text(JsonElement message) =>
        message.Text("text") is { } text ? new() { Type = ContentType.Text, Text = text } : null;

    private static EventContent? Photo(JsonElement message)
    {
        if (message.Array("photo") is not { } sizes)
        {
            return null;
        }

        // One photo in several sizes; the documentation's order is smallest first, the area is what counts.
        JsonElement? largest = null;
        foreach (var size in sizes.EnumerateArray())
        {
            if (largest is null || Area(size) >= Area(largest.Value))
            {
                largest = size;
            }
        }

        return largest is { } photo && Attachment(photo) is { } attachment
            ? new() { Type = ContentType.Image, Text = message.Text("caption"), Attachments = [attachment] }
            : null;
    }

    private static EventContent? File(JsonElement message)
    {
        foreach (var (field, type) in Files)
        {
            if (message.Object(field) is { } file && Attachment(file) is { } attachment)
            {
                return new() { Type = type, Text = message.Text("caption"), Attachments = [attachment] };
            }
        }

        return null;
    }

    private static EventContent? Sticker(JsonElement message) =>
        message.Object("sticker") is { } sticker && Attachment(sticker) is { } attachment
            ? new()
            {
                Type = ContentType.Sticker,
                Attachments = [attachment],
                Sticker = new(sticker.Text("file_unique_id"), sticker.Text("set_name"), sticker.Text("emoji")),
            }
            : null;

    private static EventContent? Place(JsonElement message)
    {
        var venue = message.Object("venue");
        return (message.Object("location") ?? venue?.Object("location")) is { } location
            && location.Number("latitude") is { } latitude
            && location.Number("longitude") is { } longitude
                ? new() { Type = ContentType.Location, Location = new(latitude, longitude, venue?.Text("title"), venue?.Text("address")) }
                : null;
    }

    private static EventContent? Contact(JsonElement message) =>
        message.Object("contact") is { } contact
            ? new()
            {
                Type = ContentType.Contact,
                Contact = new(TelegramWebhookParties.NameOf(contact), contact.Text("phone_number"), contact.Id("user_id")),
            }
            : null;

    private static EventAttachment? Attachment(JsonElement file) =>
        file.Text("file_id") is { } fileId
            ? new()
            {
                FileId = fileId,
                Name = file.Text("file_name"),
                MediaType = file.Text("mime_type"),
                SizeBytes = file.Integer("file_size") is >= 0 and var size ? size : null,
                Width = Pixels(file.Integer("width") ?? file.Integer("length")),
                Height = Pixels(file.Integer("height") ?? file.Integer("length")),
                DurationSeconds = file.Number("duration") is >= 0 and var duration ? duration : null,
            }
            : null;

    private static int? Pixels(long? value) => value is >= 0 and <= int.MaxValue and var pixels ? (int)pixels : null;

    private static long Area(JsonElement size) => (size.Integer("width") ?? 0) * (size.Integer("height") ?? 0);
}
