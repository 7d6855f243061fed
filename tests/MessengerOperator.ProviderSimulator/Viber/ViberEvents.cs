using System.Globalization;
using System.Text.Json.Nodes;
using MessengerOperator.ProviderSimulator.Accounts;
using MessengerOperator.ProviderSimulator.Delivery;

namespace MessengerOperator.ProviderSimulator.Viber;

/// <summary>Makes a bot's events.</summary>
internal sealed class ViberEvents(ViberAccount account, SimulationTime time)
{
    private const long DefaultGroup = 1_900_000_001;

    /// <summary>Viber's check of a URL.</summary>
    public static JsonObject Probe(SimulationTime time) => Head("webhook", time, ViberIds.NextMessageToken());

    /// <summary>The report that a message which the user wrote has arrived.</summary>
    public static EventDraft ReceiptFor(ViberAccount account, DeliveryRecord message, SimulationTime time)
    {
        var written = JsonNode.Parse(message.Body)!;
        return Receipt(account, "delivered", written["message_token"]!.GetValue<long>(), written["sender"]!["id"]!.ToString(), device: 1, time);
    }

    /// <summary>What Viber sends for what a customer does: one event, or a receipt from each of the customer's devices.</summary>
    /// <exception cref="FormatException">The message cannot be what it says it is.</exception>
    public IReadOnlyList<EventDraft> Make(CustomerMessage message)
    {
        var contents = new ViberEventContents(message);
        var user = ViberIds.User(account.Id, message.CustomerId);
        switch (message.Kind)
        {
            case MessageKind.Delivered or MessageKind.Read or MessageKind.Failed:
                var token = Token(message);
                var devices = message.Kind == MessageKind.Failed ? 1 : ViberSettings.DevicesOf(account.Settings);
                return [.. Enumerable.Range(1, devices).Select(device => Receipt(account, Name(message.Kind), token, user, device, time))];
            case MessageKind.Probe:
                return [Draft(Probe(time))];
            case MessageKind.Blocked:
                account.Messages.Subscribe(user, subscribed: false);
                return [Draft(With(Head("unsubscribed"), "user_id", user))];
            case MessageKind.OptIn:
                account.Messages.Subscribe(user, subscribed: true);
                return [Draft(With(Head("subscribed"), "user", User(user, message)))];
            case MessageKind.Started:
                return [Draft(Started(user, message, contents))];
            case MessageKind.Unknown:
                return [Draft(With(With(Head("client_status"), "user", User(user, message)), "status", new JsonObject { ["code"] = 0, ["message"] = message.Text ?? "?" }))];
            default:
                // Who writes is subscribed by that, and no event says so.
                account.Messages.Subscribe(user, subscribed: true);
                return [Draft(Written(user, message, contents))];
        }
    }

    /// <summary>An event given as Viber's JSON; what every event has and this one lacks is added.</summary>
    public EventDraft Complete(JsonObject given)
    {
        var item = (JsonObject)given.DeepClone();
        item["event"] ??= "unknown";
        item["timestamp"] ??= time.Now.ToUnixTimeMilliseconds();
        item["message_token"] ??= ViberIds.NextMessageToken();
        return Draft(item);
    }

    private static EventDraft Receipt(ViberAccount account, string kind, long token, string user, int device, SimulationTime time)
    {
        var item = With(Head(kind, time, token), "user_id", user);
        if (kind == "failed")
        {
            item["desc"] = "failure description";
        }

        return Draft(account, item, string.Create(CultureInfo.InvariantCulture, $"{kind}-{token}-{user}-{device}"));
    }

    private static EventDraft Draft(ViberAccount account, JsonObject item, string id) => new()
    {
        Owner = account,
        Id = id,
        Kind = item["event"]!.ToString(),
        // Order is not guaranteed, so none is kept.
        Conversation = id,
        Body = JsonAnswer.Write(item),
        MessageId = item["message_token"]!.ToString(),
        IsWanted = account.Webhooks.Current is not { } webhook || webhook.EventTypes.Wants(item["event"]!.ToString()),
    };

    private static JsonObject Head(string kind, SimulationTime time, long token) => new()
    {
        ["event"] = kind,
        ["timestamp"] = time.Now.ToUnixTimeMilliseconds(),
        ["chat_hostname"] = ViberAnswers.NewHost(),
        ["message_token"] = token,
    };

    private static JsonObject With(JsonObject item, string name, JsonNode? value)
    {
        item[name] = value;
        return item;
    }

    private static string Name(MessageKind kind) => kind switch
    {
        MessageKind.Delivered => "delivered",
        MessageKind.Read => "seen",
        _ => "failed",
    };

    private static long Token(CustomerMessage message) => message.ProviderMessageId is null
        ? ViberIds.NextMessageToken()
        : long.TryParse(message.ProviderMessageId, NumberStyles.None, CultureInfo.InvariantCulture, out var token) ? token : throw new FormatException("A message token is a number.");

    private JsonObject Head(string kind) => Head(kind, time, ViberIds.NextMessageToken());

    private JsonObject Started(string user, CustomerMessage message, ViberEventContents contents)
    {
        account.Messages.Meet(user);
        var item = With(Head("conversation_started"), "type", "open");
        if (contents.Context is { } context)
        {
            item["context"] = context;
        }

        item["user"] = User(user, message);
        item["subscribed"] = account.Messages.IsSubscribed(user);
        return item;
    }

    private JsonObject Written(string user, CustomerMessage message, ViberEventContents contents)
    {
        var item = With(With(Head("message"), "sender", User(user, message)), "message", contents.Of());
        item["silent"] = false;
        if (message.Kind == MessageKind.GroupMessage || message.ChatId is not null)
        {
            item["chat_id"] = ViberIds.Chat(message.ChatId ?? DefaultGroup);
            item["reply_type"] = "message";
        }

        return item;
    }

    // Names are sent only where the webhook asks for them.
    private JsonObject User(string id, CustomerMessage message)
    {
        var user = new JsonObject { ["id"] = id };
        if (account.Webhooks.Current?.SendName == true)
        {
            user["name"] = message.LastName is null ? message.FirstName : $"{message.FirstName} {message.LastName}";
        }

        user["language"] = message.LanguageCode ?? "en";
        user["country"] = "UA";
        user["api_version"] = 10;
        return user;
    }

    private EventDraft Draft(JsonObject item) => Draft(account, item, item["message_token"]!.ToString());
}
