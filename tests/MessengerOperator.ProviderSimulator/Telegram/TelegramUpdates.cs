using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using MessengerOperator.ProviderSimulator.Accounts;

namespace MessengerOperator.ProviderSimulator.Telegram;

/// <summary>Writes the updates that a customer's doings cause.</summary>
internal sealed class TelegramUpdates(TelegramBot bot, TelegramChats chats, SimulationTime time)
{
    private const long DefaultGroup = -1_001_900_000_001;
    private const int MaxButtonDataBytes = 64;

    /// <summary>The update without its id: one member, named after its kind.</summary>
    /// <exception cref="FormatException">The message cannot be what it says it is.</exception>
    public (string Kind, JsonObject Payload, long ChatId, long? MessageId) Make(CustomerMessage message) => message.Kind switch
    {
        MessageKind.EditedMessage => Edited(message),
        MessageKind.CallbackQuery => CallbackQuery(message),
        MessageKind.Blocked => Membership(message, "member", "kicked"),
        MessageKind.Unblocked => Membership(message, "kicked", "member"),
        MessageKind.Unknown => ("brand_new_kind", new JsonObject { ["from"] = Customer(message), ["date"] = time.UnixNow, ["text"] = message.Text ?? "?" }, message.CustomerId, null),
        _ => Message(message),
    };

    private (string, JsonObject, long, long?) Message(CustomerMessage message)
    {
        var chatId = ChatId(message);
        var id = chats.NextMessageId(chatId);
        var body = Head(message, id);
        foreach (var (name, value) in Content(message))
        {
            body[name] = value?.DeepClone();
        }

        return ("message", body, chatId, id);
    }

    private (string, JsonObject, long, long?) Edited(CustomerMessage message)
    {
        var chatId = ChatId(message);
        var id = message.MessageId ?? chats.LatestMessageId(chatId) ?? chats.NextMessageId(chatId);
        var body = Head(message, id);
        body["edit_date"] = time.UnixNow;
        body["text"] = message.Text ?? "hello operator (fixed)";
        return ("edited_message", body, chatId, id);
    }

    private (string, JsonObject, long, long?) CallbackQuery(CustomerMessage message)
    {
        var data = message.Text ?? "order:42";
        if (Encoding.UTF8.GetByteCount(data) is 0 or > MaxButtonDataBytes)
        {
            throw new FormatException("Button data has 1 to 64 bytes.");
        }

        var chatId = ChatId(message);
        var id = message.MessageId ?? chats.LatestMessageId(chatId) ?? chats.NextMessageId(chatId);
        var body = new JsonObject
        {
            ["id"] = chats.NextCallbackId().ToString(CultureInfo.InvariantCulture),
            ["from"] = Customer(message),
            ["message"] = new JsonObject { ["message_id"] = id, ["from"] = bot.ToUser(), ["chat"] = Chat(message), ["date"] = time.UnixNow, ["text"] = "Choose" },
            ["chat_instance"] = "-3100000000000000001",
            ["data"] = data,
        };
        return ("callback_query", body, chatId, id);
    }

    private (string, JsonObject, long, long?) Membership(CustomerMessage message, string before, string after)
    {
        chats.SetBlocked(message.CustomerId, after == "kicked");
        var body = new JsonObject
        {
            ["chat"] = Chat(message),
            ["from"] = Customer(message),
            ["date"] = time.UnixNow,
            ["old_chat_member"] = Member(before),
            ["new_chat_member"] = Member(after),
        };
        return ("my_chat_member", body, message.CustomerId, null);

        JsonObject Member(string status)
        {
            var member = new JsonObject { ["user"] = bot.ToUser(), ["status"] = status };
            if (status == "kicked")
            {
                member["until_date"] = 0;
            }

            return member;
        }
    }

    private static JsonObject Content(CustomerMessage message) => message.Kind switch
    {
        MessageKind.Text => Text(message.Text ?? "hello operator"),
        MessageKind.GroupMessage => Text(message.Text ?? "@acme_support_bot status?"),
        MessageKind.Photo => Captioned(message, "photo", new JsonArray(TelegramMedia.PhotoSize("Small", 1200, 90, 60), TelegramMedia.PhotoSize("Large", 91000, 1280, 853))),
        MessageKind.Document => Captioned(message, "document", TelegramMedia.Document()),
        MessageKind.Voice => Captioned(message, "voice", TelegramMedia.Voice()),
        MessageKind.Video => Captioned(message, "video", TelegramMedia.Video()),
        MessageKind.Sticker => new JsonObject { ["sticker"] = TelegramMedia.Sticker() },
        MessageKind.Contact => new JsonObject { ["contact"] = TelegramMedia.Contact(message.CustomerId) },
        MessageKind.Location => new JsonObject { ["location"] = new JsonObject { ["latitude"] = message.Latitude, ["longitude"] = message.Longitude } },
        _ => throw new FormatException($"{message.Kind} is no message."),
    };

    private static JsonObject Text(string text)
    {
        if (text.Length is 0 or > 4096)
        {
            throw new FormatException("A text has 1 to 4096 characters.");
        }

        var content = new JsonObject { ["text"] = text };
        if (text.StartsWith('/'))
        {
            var length = text.IndexOf(' ', StringComparison.Ordinal) is var blank and > 0 ? blank : text.Length;
            content["entities"] = new JsonArray(new JsonObject { ["offset"] = 0, ["length"] = length, ["type"] = "bot_command" });
        }

        return content;
    }

    private static JsonObject Captioned(CustomerMessage message, string name, JsonNode media)
    {
        var content = new JsonObject { [name] = media };
        if (message.Text is not null)
        {
            content["caption"] = message.Text;
        }

        return content;
    }

    private JsonObject Head(CustomerMessage message, long id) =>
        new() { ["message_id"] = id, ["from"] = Customer(message), ["chat"] = Chat(message), ["date"] = time.UnixNow };

    private static JsonObject Customer(CustomerMessage message)
    {
        var customer = new JsonObject { ["id"] = message.CustomerId, ["is_bot"] = false };
        AddNames(customer, message);
        if (message.LanguageCode is not null)
        {
            customer["language_code"] = message.LanguageCode;
        }

        return customer;
    }

    private static JsonObject Chat(CustomerMessage message)
    {
        var chat = new JsonObject { ["id"] = ChatId(message) };
        if (ChatId(message) < 0)
        {
            chat["title"] = "Acme team";
            chat["type"] = "supergroup";
            return chat;
        }

        AddNames(chat, message);
        chat["type"] = "private";
        return chat;
    }

    private static void AddNames(JsonObject target, CustomerMessage message)
    {
        target["first_name"] = message.FirstName;
        if (message.LastName is not null)
        {
            target["last_name"] = message.LastName;
        }

        if (message.Username is not null)
        {
            target["username"] = message.Username;
        }
    }

    private static long ChatId(CustomerMessage message) =>
        message.ChatId ?? (message.Kind == MessageKind.GroupMessage ? DefaultGroup : message.CustomerId);
}
