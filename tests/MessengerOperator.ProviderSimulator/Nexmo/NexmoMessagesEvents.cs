using System.Globalization;
using System.Text.Json.Nodes;
using MessengerOperator.ProviderSimulator.Accounts;

namespace MessengerOperator.ProviderSimulator.Nexmo;

/// <summary>What the Messages API sends, version v1.</summary>
internal sealed class NexmoMessagesEvents(NexmoAccount account, SimulationTime time)
{
    private const string Sms = "sms";
    private const string Media = "https://api-eu.example.invalid/v3/media/";

    public static IReadOnlyList<MessageKind> Kinds { get; } =
    [
        MessageKind.Text, MessageKind.Photo, MessageKind.Audio, MessageKind.Voice, MessageKind.Video, MessageKind.Document, MessageKind.Location, MessageKind.Sticker, MessageKind.CallbackQuery,
        MessageKind.Unknown, MessageKind.Submitted, MessageKind.Delivered, MessageKind.Read, MessageKind.Failed,
    ];

    /// <summary>Options of a message: the channel, and the number, page or agent it goes to.</summary>
    public static IReadOnlyList<string> Options { get; } = ["channel", "to"];

    public static bool IsOne(JsonObject body) => body["message_uuid"] is not null;

    public static bool IsState(JsonObject body) => body["status"] is not null && body["message_type"] is null;

    public JsonObject Make(CustomerMessage message) => message.Kind switch
    {
        MessageKind.Submitted => State(message, "submitted"),
        MessageKind.Delivered => State(message, "delivered"),
        MessageKind.Read => State(message, "read"),
        MessageKind.Failed => State(message, "rejected"),
        _ => Inbound(message),
    };

    private JsonObject Inbound(CustomerMessage message)
    {
        var channel = Channel(message);
        var body = new JsonObject
        {
            ["channel"] = channel,
            ["message_uuid"] = Guid.NewGuid().ToString(),
            ["to"] = Ours(message),
            ["from"] = Customer(message),
            ["timestamp"] = Now(),
        };
        if (channel is not Sms)
        {
            body["profile"] = new JsonObject { ["name"] = message.FirstName };
        }

        if (message.ProviderMessageId is { } answered)
        {
            body["context"] = new JsonObject { ["message_uuid"] = answered, ["message_from"] = Ours(message) };
            body["context_status"] = "available";
        }

        Fill(body, message);
        if (channel is Sms)
        {
            body["sms"] = new JsonObject { ["num_messages"] = "1", ["total_count"] = "1", ["keyword"] = (message.Text ?? "hello").Split(' ')[0].ToUpperInvariant() };
            body["usage"] = new JsonObject { ["currency"] = "EUR", ["price"] = "0.0050" };
            body["origin"] = new JsonObject { ["network_code"] = "23410" };
        }

        return body;
    }

    private static void Fill(JsonObject body, CustomerMessage message)
    {
        var (type, content) = message.Kind switch
        {
            MessageKind.Text => ("text", (JsonNode)(message.Text ?? "hello operator")),
            MessageKind.Photo => ("image", File("1", "p.jpg", message.Text)),
            MessageKind.Audio or MessageKind.Voice => ("audio", File("3", null, null)),
            MessageKind.Video => ("video", File("4", null, message.Text)),
            MessageKind.Document => ("file", File("5", "invoice.pdf", message.Text)),
            MessageKind.Sticker => ("sticker", File("2", null, null)),
            MessageKind.Location => ("location", new JsonObject { ["lat"] = message.Latitude, ["long"] = message.Longitude, ["name"] = "Office", ["address"] = "1 Sample St" }),
            MessageKind.CallbackQuery => ("reply", new JsonObject { ["id"] = message.Text ?? "row1", ["title"] = "9am", ["description"] = "Morning" }),
            _ => ("unsupported", new JsonObject()),
        };
        body["message_type"] = type;
        if (message.Kind != MessageKind.Unknown)
        {
            body[type] = content;
        }
    }

    private JsonObject State(CustomerMessage message, string status)
    {
        var body = new JsonObject
        {
            ["message_uuid"] = message.ProviderMessageId ?? Guid.NewGuid().ToString(),
            ["to"] = Customer(message),
            ["from"] = Ours(message),
            ["timestamp"] = Now(),
            ["status"] = status,
        };
        if (status == "rejected")
        {
            body["error"] = new JsonObject
            {
                ["type"] = "https://developer.vonage.com/api-errors/messages#1000",
                ["title"] = "1000",
                ["detail"] = "Throttled",
                ["instance"] = Guid.NewGuid().ToString("N"),
            };
        }

        body["usage"] = new JsonObject { ["currency"] = "EUR", ["price"] = "0.0333" };
        body["client_ref"] = "ticket-42";
        body["channel"] = Channel(message);
        return body;
    }

    private static JsonObject File(string id, string? name, string? caption)
    {
        var file = new JsonObject { ["url"] = Media + id };
        if (name is not null)
        {
            file["name"] = name;
        }

        if (caption is not null)
        {
            file["caption"] = caption;
        }

        return file;
    }

    private static string Channel(CustomerMessage message) => message.Options.GetValueOrDefault("channel") ?? Sms;

    private static string Customer(CustomerMessage message) => message.CustomerId.ToString(CultureInfo.InvariantCulture);

    private string Ours(CustomerMessage message) => message.Options.GetValueOrDefault("to") ?? account.Numbers.All.Select(number => number.Msisdn).FirstOrDefault("447700900000");

    private string Now() => time.Now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
