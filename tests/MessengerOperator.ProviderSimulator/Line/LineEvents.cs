using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using MessengerOperator.ProviderSimulator.Accounts;
using MessengerOperator.ProviderSimulator.Delivery;

namespace MessengerOperator.ProviderSimulator.Line;

/// <summary>Makes a channel's events, and the signed requests that carry them.</summary>
internal sealed class LineEvents(LineAccount account, SimulationTime time)
{
    /// <summary>The kind of a request without events.</summary>
    public const string Probe = "probe";

    private const long DefaultGroup = 1_900_000_001;
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(2);

    /// <summary>An event as LINE would send it for what a customer does.</summary>
    public EventDraft Make(CustomerMessage message)
    {
        var contents = new LineEventContents(account.Messages, message);
        if (message.Kind == MessageKind.Probe)
        {
            contents.Refuse();
            return new EventDraft { Owner = account, Id = LineIds.Ulid(time.Now), Kind = Probe, Conversation = Probe, Body = string.Empty, IsWanted = IsWanted };
        }

        var source = Source(message);
        var chat = ChatOf(source);
        var item = contents.Of(chat);
        item["webhookEventId"] = LineIds.Ulid(time.Now);
        item["deliveryContext"] = new JsonObject { ["isRedelivery"] = false };
        item["timestamp"] = time.Now.ToUnixTimeMilliseconds();
        item["source"] = source;
        if (message.Kind is not (MessageKind.Blocked or MessageKind.Deleted or MessageKind.GroupLeft))
        {
            item["replyToken"] = account.Messages.NewReplyToken(chat);
        }

        item["mode"] = message.Kind == MessageKind.Standby ? "standby" : "active";
        return Draft(item, chat);
    }

    /// <summary>An event given as LINE's JSON; what every event has and this one lacks is added.</summary>
    public EventDraft Complete(JsonObject given)
    {
        var item = (JsonObject)given.DeepClone();
        item["type"] ??= "unknown";
        item["webhookEventId"] ??= LineIds.Ulid(time.Now);
        item["deliveryContext"] ??= new JsonObject { ["isRedelivery"] = false };
        item["timestamp"] ??= time.Now.ToUnixTimeMilliseconds();
        item["mode"] ??= "active";
        return Draft(item, item["source"] is JsonObject source ? ChatOf(source) : "none");
    }

    /// <summary>The request with these events, signed with the channel secret of this moment.</summary>
    public WebhookRequest Sign(IReadOnlyList<JsonNode> events)
    {
        var body = new JsonObject { ["destination"] = account.Id, ["events"] = new JsonArray([.. events]) };
        var request = new WebhookRequest
        {
            Body = Encoding.UTF8.GetBytes(LineText.Write(body)),
            Headers = [new("Content-Type", "application/json; charset=utf-8"), new("User-Agent", "LineBotWebhook/2.0")],
            Timeout = AnswerTimeout,
        };
        return SignWith(account.Settings[LineSettings.ChannelSecret], request);
    }

    /// <summary>The request with the signature of that secret.</summary>
    public WebhookRequest SignWith(string secret, WebhookRequest request)
    {
        var signature = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), request.Body!));
        return request with { Headers = [.. request.Headers.Where(header => !header.IsProof), new("x-line-signature", signature, IsProof: true)] };
    }

    // LINE keeps nothing for a webhook that is off or not there.
    private bool IsWanted => account.IsSending && account.Endpoint.Effective is not null;

    private EventDraft Draft(JsonObject item, string chat)
    {
        var id = item["webhookEventId"]!.ToString();
        return new EventDraft
        {
            Owner = account,
            Id = id,
            Kind = item["type"]!.ToString(),
            Conversation = account.Settings.IsOn(LineSettings.KeepsOrder) ? chat : $"{chat}/{id}",
            Body = LineText.Write(item),
            MessageId = item["message"]?["id"]?.ToString(),
            IsWanted = IsWanted,
        };
    }

    private static JsonObject Source(CustomerMessage message)
    {
        var isGroup = message.Kind is MessageKind.GroupMessage or MessageKind.GroupJoined or MessageKind.GroupLeft || message.ChatId is not null;
        if (!isGroup)
        {
            return new JsonObject { ["type"] = "user", ["userId"] = LineIds.User(message.CustomerId) };
        }

        // Only messages tell who in a group.
        var source = message.Options.TryGetValue(LineEventContents.Room, out var room)
            ? new JsonObject { ["type"] = "room", ["roomId"] = LineIds.Room(long.Parse(room, CultureInfo.InvariantCulture)) }
            : new JsonObject { ["type"] = "group", ["groupId"] = LineIds.Group(message.ChatId ?? DefaultGroup) };
        if (message.Kind is not (MessageKind.GroupJoined or MessageKind.GroupLeft))
        {
            source["userId"] = LineIds.User(message.CustomerId);
        }

        return source;
    }

    private static string ChatOf(JsonObject source) => (source["groupId"] ?? source["roomId"] ?? source["userId"])?.ToString() ?? "none";
}
