using System.Text.Json;
using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Providers.Telegram;

/// <summary>Reads a <c>CallbackQuery</c>: somebody pressed an inline button.</summary>
internal static class TelegramWebhookCallback
{
    /// <summary>
    /// The press. The message with the button may be missing (inline mode) or inaccessible (too old); then there is no conversation or no more
    /// of it than its id. Telegram gives no time of the press.
    /// </summary>
    public static (EventType Type, EventData Data) Pressed(JsonElement query, in ParseContext context)
    {
        var message = query.Object("message") ?? default;
        var data = new EventData
        {
            Conversation = TelegramWebhookParties.Conversation(message),
            Sender = TelegramWebhookParties.Sender(query),
            Message = message.Id("message_id") is { } messageId ? new(messageId) : null,
            Time = context.ReceivedAt,
            Kind = string.Empty,
            Content = new()
            {
                Type = ContentType.Postback,
                Postback = new(query.Text("data") ?? query.Text("game_short_name"), Title: null, query.Id("id")),
            },
            Original = default,
        };
        return (data.Sender is null ? EventType.Other : EventType.PostbackReceived, data);
    }
}
