using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MessengerOperator.ProviderSimulator.Accounts;

namespace MessengerOperator.ProviderSimulator.Telegram;

/// <summary><c>sendMessage</c>: the rules that a reply can break, and a record of what was sent.</summary>
internal sealed class TelegramMessages(TelegramBot bot, TelegramChats chats, SimulationTime time, Action<SentMessage> record)
{
    private const int MaxTextLength = 4096;

    public TelegramAnswer Send(TelegramArguments arguments, bool fromWebhookAnswer = false)
    {
        if (!arguments.Has("chat_id"))
        {
            return TelegramAnswer.BadRequest("chat_id is empty");
        }

        var text = arguments["text"];
        if (string.IsNullOrWhiteSpace(text))
        {
            return TelegramAnswer.BadRequest("message text is empty");
        }

        if (new StringInfo(text).LengthInTextElements > MaxTextLength)
        {
            return TelegramAnswer.BadRequest("message is too long");
        }

        if (!long.TryParse(arguments["chat_id"], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var chatId) || !chats.Knows(chatId))
        {
            return TelegramAnswer.BadRequest("chat not found");
        }

        if (chats.HasBlocked(chatId))
        {
            return TelegramAnswer.Error(StatusCodes.Status403Forbidden, "Forbidden: bot was blocked by the user");
        }

        if (RepliedTo(arguments) is { } replied && (replied < 1 || replied > chats.LatestMessageId(chatId)))
        {
            return TelegramAnswer.BadRequest("message to be replied not found");
        }

        var messageId = chats.NextMessageId(chatId);
        record(new SentMessage(
            time.Now,
            chatId.ToString(CultureInfo.InvariantCulture),
            messageId.ToString(CultureInfo.InvariantCulture),
            text,
            fromWebhookAnswer));
        return TelegramAnswer.Ok(new JsonObject
        {
            ["message_id"] = messageId,
            ["from"] = bot.ToUser(),
            ["chat"] = new JsonObject { ["id"] = chatId, ["type"] = chatId < 0 ? "supergroup" : "private" },
            ["date"] = time.UnixNow,
            ["text"] = text,
        });
    }

    /// <summary>The message that is answered; null when none is, 0 when it is not a number.</summary>
    private static long? RepliedTo(TelegramArguments arguments)
    {
        if (!arguments.Has("reply_parameters"))
        {
            return null;
        }

        try
        {
            return JsonNode.Parse(arguments["reply_parameters"])?["message_id"] is JsonValue value && value.TryGetValue<long>(out var id) ? id : 0;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            return 0;
        }
    }
}
