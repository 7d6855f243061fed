using System.Globalization;
using System.Text.Json;
using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Providers.Facebook;

/// <summary>Reads one item of <c>messaging</c> or <c>standby</c>: who, where, when, and the one payload beside them.</summary>
internal static class FacebookItem
{
    /// <summary>The kind of what names none.</summary>
    public const string Unknown = "unknown";

    private const string Sender = "sender";
    private const string Recipient = "recipient";

    private static readonly string[] Kinds = ["message", "postback", "message_edit", "reaction", "delivery", "read", "referral", "optin"];

    /// <summary>The event, its id without the page; null for an echo of what our own app has sent.</summary>
    public static MessengerEvent? Read(JsonElement item, in FacebookEntry entry)
    {
        var (kind, payload) = Payload(item);
        var parties = Parties(item, entry);
        var read = new MessengerEvent
        {
            Id = string.Empty,
            Type = EventType.Other,
            AccountId = entry.PageId,
            Data = parties with { Kind = kind, Time = FacebookTime.Of(item.Integer("timestamp")) ?? entry.Time, Original = WebhookJson.Slice(entry.Body, item) },
        };
        read = kind switch
        {
            "message" => FacebookMessage.Read(read, payload, entry.OwnApp),
            "postback" => Pressed(read, payload),
            "message_edit" => Edited(read, payload),
            "reaction" => Reacted(read, item, payload),
            "delivery" => Receipt(read, payload, EventType.MessageDelivered),
            "read" => Receipt(read, payload, EventType.MessageRead),
            "referral" => Opened(read, payload),
            "optin" => read with { Data = read.Data with { Referral = payload.Text("ref") } },
            _ => read,
        };
        return read is null ? null : read with { Id = read.Id.Length > 0 ? read.Id : entry.IdByContent(item) };
    }

    private static (string Kind, JsonElement Payload) Payload(JsonElement item)
    {
        foreach (var kind in Kinds)
        {
            if (item.Object(kind) is { } payload)
            {
                return (kind, payload);
            }
        }

        if (item.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in item.EnumerateObject())
            {
                if (property is { Name: not (Sender or Recipient or ""), Value.ValueKind: JsonValueKind.Object })
                {
                    return (property.Name, property.Value);
                }
            }
        }

        return (Unknown, default);
    }

    // A page talks with one person at a time: whoever of the two is not the page. In echoes that is the recipient.
    private static EventData Parties(JsonElement item, in FacebookEntry entry)
    {
        var sender = item.Object(Sender)?.Id("id");
        var isPage = sender is not null && sender == entry.PageId;
        var customer = isPage ? item.Object(Recipient)?.Id("id") : sender;
        return new()
        {
            Conversation = customer is null || customer == entry.PageId ? null : new(customer, ConversationType.Private),
            Sender = sender is null ? null : new(sender, isPage ? SenderType.Conversation : SenderType.User),
            Time = default,
            Kind = Unknown,
            Original = default,
        };
    }

    private static MessengerEvent Pressed(MessengerEvent read, JsonElement postback)
    {
        var mid = postback.Text("mid");
        return read with
        {
            Id = mid ?? string.Empty,
            Type = read.Data.Conversation is null ? EventType.Other : EventType.PostbackReceived,
            Data = read.Data with
            {
                Message = mid is null ? null : new(mid),
                Content = new() { Type = ContentType.Postback, Postback = new(postback.Text("payload"), postback.Text("title")) },
                Referral = postback.Object("referral")?.Text("ref"),
            },
        };
    }

    private static MessengerEvent Edited(MessengerEvent read, JsonElement edit)
    {
        var (mid, text) = (edit.Text("mid"), edit.Text("text"));
        return read with
        {
            Id = mid is not null && edit.Integer("num_edit") is { } number ? $"{mid}-edit-{Invariant(number)}" : string.Empty,
            Type = mid is null || text is null || read.Data.Conversation is null ? EventType.Other : EventType.MessageEdited,
            Data = read.Data with
            {
                Message = mid is null ? null : new(mid),
                Content = text is null ? null : new() { Type = ContentType.Text, Text = text },
            },
        };
    }

    private static MessengerEvent Reacted(MessengerEvent read, JsonElement item, JsonElement reaction)
    {
        var mid = reaction.Text("mid");
        return read with
        {
            Id = mid is not null && read.Data.Sender is { Id: var sender } && item.Integer("timestamp") is { } time
                ? $"{mid}-reaction-{sender}-{reaction.Text("action")}-{Invariant(time)}"
                : string.Empty,
            Data = read.Data with { Message = mid is null ? null : new(mid) },
        };
    }

    // "All up to this time"; deliveries name ids besides, of which the last stands for all.
    private static MessengerEvent Receipt(MessengerEvent read, JsonElement receipt, EventType type)
    {
        var (watermark, mid) = (receipt.Integer("watermark"), LastText(receipt.Array("mids")));
        return read with
        {
            Id = watermark is { } time && read.Data.Sender is { Id: var sender } ? $"{read.Data.Kind}-{sender}-{Invariant(time)}" : string.Empty,
            Type = read.Data.Conversation is null ? EventType.Other : type,
            Data = read.Data with { Message = mid is null ? null : new(mid), UpTo = FacebookTime.Of(watermark) },
        };
    }

    // Somebody came (back) through a link or an advertisement. Facebook knows no other sign of opening, and none of leaving.
    private static MessengerEvent Opened(MessengerEvent read, JsonElement referral) => read with
    {
        Type = read.Data.Conversation is null ? EventType.Other : EventType.ConversationStarted,
        Data = read.Data with { Referral = referral.Text("ref") },
    };

    private static string? LastText(JsonElement? texts)
    {
        string? last = null;
        foreach (var text in texts?.EnumerateArray() ?? default)
        {
            last = text.AsText() ?? last;
        }

        return last;
    }

    private static string Invariant(long number) => number.ToString(CultureInfo.InvariantCulture);
}
