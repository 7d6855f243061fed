using System.Text.Json;
using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Providers.Telegram;

/// <summary>Reads an <c>Update</c>: its id, and the one payload beside it.</summary>
internal static class TelegramWebhookUpdate
{
    private const string UpdateId = "update_id";
    private const string Unknown = "unknown";

    /// <summary>The event, without its original; null when it is no update.</summary>
    public static MessengerEvent? Read(JsonElement update, in ParseContext context)
    {
        if (update.ValueKind != JsonValueKind.Object || update.Integer(UpdateId) is not { } updateId)
        {
            return null;
        }

        var (kind, payload) = Payload(update);
        var (type, data) = kind switch
        {
            "message" or "business_message" => TelegramWebhookMessage.Received(payload, context),
            "edited_message" or "edited_business_message" => TelegramWebhookMessage.Edited(payload, context),
            "callback_query" => TelegramWebhookCallback.Pressed(payload, context),
            "my_chat_member" => TelegramWebhookMembership.Changed(payload, context),
            _ => TelegramWebhookMessage.Other(payload, context),
        };

        return new MessengerEvent
        {
            // Update ids count per bot, so the bot is part of the id once it is known.
            Id = context.AccountId is { } account ? $"{account}-{updateId}" : $"{updateId}",
            Type = type,
            Data = data with { Kind = kind },
        };
    }

    private static (string Kind, JsonElement Payload) Payload(JsonElement update)
    {
        foreach (var property in update.EnumerateObject())
        {
            if (property.Value.ValueKind == JsonValueKind.Object && property.Name.Length > 0)
            {
                return (property.Name, property.Value);
            }
        }

        return (Unknown, default);
    }
}
