using System.Text.Json;
using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Providers.Facebook;

/// <summary>Reads what a message says.</summary>
internal static class FacebookContent
{
    private const string StickerId = "sticker_id";

    /// <summary>The content; null for what the schema has no type for (templates, reels, what Facebook calls unsupported).</summary>
    public static EventContent? Of(JsonElement message)
    {
        var text = message.Text("text");
        if (message.Object("quick_reply") is { } reply)
        {
            return new() { Type = ContentType.Postback, Text = text, Postback = new(reply.Text("payload"), text) };
        }

        var attachments = message.Array("attachments") is { } array ? array.EnumerateArray().ToList() : [];
        return Sticker(message, attachments) ?? Place(attachments) ?? Files(text, attachments) ?? Text(text ?? Link(attachments));
    }

    private static EventContent? Text(string? text) => text is null ? null : new() { Type = ContentType.Text, Text = text };

    // Until 30 August 2026 an image with a sticker_id, which may be a number; since then a type of its own.
    private static EventContent? Sticker(JsonElement message, List<JsonElement> attachments)
    {
        foreach (var attachment in attachments)
        {
            var id = Payload(attachment).Id(StickerId) ?? message.Id(StickerId);
            if (id is not null || attachment.Text("type") == "sticker")
            {
                return new() { Type = ContentType.Sticker, Attachments = Url(attachment) is { } url ? [new() { Url = url }] : null, Sticker = new(id) };
            }
        }

        return message.Id(StickerId) is { } alone ? new() { Type = ContentType.Sticker, Sticker = new(alone) } : null;
    }

    private static EventContent? Place(List<JsonElement> attachments)
    {
        foreach (var attachment in attachments)
        {
            if (attachment.Text("type") == "location"
                && Payload(attachment).Object("coordinates") is { } coordinates
                && coordinates.Number("lat") is { } latitude
                && coordinates.Number("long") is { } longitude)
            {
                return new() { Type = ContentType.Location, Location = new(latitude, longitude, attachment.Text("title")) };
            }
        }

        return null;
    }

    private static EventContent? Files(string? text, List<JsonElement> attachments)
    {
        var types = new HashSet<ContentType>();
        var files = new List<EventAttachment>();
        foreach (var attachment in attachments)
        {
            if (TypeOf(attachment) is { } type && Url(attachment) is { } url)
            {
                types.Add(type);
                files.Add(new() { Url = url });
            }
        }

        return files.Count == 0 ? null : new() { Type = types.Count == 1 ? types.First() : ContentType.File, Text = text, Attachments = files };
    }

    private static ContentType? TypeOf(JsonElement attachment) => attachment.Text("type") switch
    {
        "image" => ContentType.Image,
        "video" => ContentType.Video,
        "audio" => ContentType.Audio,
        "file" => ContentType.File,
        _ => null,
    };

    // A shared page comes as a "fallback", mostly beside the text that it was found in. Alone, its address is what was said.
    private static string? Link(List<JsonElement> attachments)
    {
        foreach (var attachment in attachments)
        {
            if (attachment.Text("type") == "fallback" && Url(attachment) is { } url)
            {
                return url;
            }
        }

        return null;
    }

    private static JsonElement Payload(JsonElement attachment) => attachment.Object("payload") ?? default;

    private static string? Url(JsonElement attachment) =>
        (Payload(attachment).Text("url") ?? attachment.Text("url")) is { } text
        && Uri.TryCreate(text, UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp)
            ? text
            : null;
}
