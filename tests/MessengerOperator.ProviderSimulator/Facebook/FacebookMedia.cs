using System.Text.Json.Nodes;
using MessengerOperator.ProviderSimulator.Accounts;

namespace MessengerOperator.ProviderSimulator.Facebook;

/// <summary>What a message says, in words or otherwise.</summary>
internal static class FacebookMedia
{
    private const int LongestText = 20_000;
    private const string StickerId = "369239263222822";

    /// <exception cref="FormatException">It is no message, or too long.</exception>
    public static void AddTo(JsonObject body, CustomerMessage message)
    {
        if (message.Kind is MessageKind.Text or MessageKind.Standby)
        {
            body["text"] = Checked(message.Text ?? "hello operator");
            return;
        }

        if (message.Text is { } caption)
        {
            body["text"] = Checked(caption);
        }

        body["attachments"] = new JsonArray(AttachmentOf(message));
    }

    private static string Checked(string text) => text.Length is 0 or > LongestText ? throw new FormatException("A text has 1 to 20000 characters.") : text;

    private static JsonObject AttachmentOf(CustomerMessage message) => message.Kind switch
    {
        MessageKind.Photo => File("image", "https://scontent.example.invalid/p.jpg?x=1"),
        MessageKind.Document => File("file", "https://cdn.example.invalid/invoice.pdf"),
        MessageKind.Voice or MessageKind.Audio => File("audio", "https://cdn.example.invalid/voice.mp4"),
        MessageKind.Video => File("video", "https://scontent.example.invalid/v.mp4"),
        MessageKind.Sticker => new() { ["type"] = "sticker", ["payload"] = new JsonObject { ["url"] = "https://scontent.example.invalid/s.png", ["sticker_id"] = StickerId } },
        MessageKind.Link => new() { ["type"] = "fallback", ["title"] = "A page", ["payload"] = new JsonObject { ["url"] = "https://example.org/page", ["title"] = "A page" } },
        MessageKind.Location => new()
        {
            ["type"] = "location",
            ["title"] = $"{message.FirstName}'s location",
            ["payload"] = new JsonObject { ["coordinates"] = new JsonObject { ["lat"] = message.Latitude, ["long"] = message.Longitude } },
        },
        _ => throw new FormatException($"{message.Kind} is no message."),
    };

    private static JsonObject File(string type, string url) => new() { ["type"] = type, ["payload"] = new JsonObject { ["url"] = url } };
}
