using System.Globalization;
using System.Text.Json.Nodes;
using MessengerOperator.ProviderSimulator.Accounts;

namespace MessengerOperator.ProviderSimulator.Facebook;

/// <summary>Writes the items that a customer's doings cause.</summary>
/// <param name="Kind">The field that subscribes to it, or <c>changes:{field}</c>.</param>
/// <param name="Item">The element of <c>messaging</c>, <c>standby</c> or <c>changes</c>.</param>
/// <param name="Customer">The person; the conversation.</param>
/// <param name="MessageId">The <c>mid</c>; null for what is no message.</param>
internal sealed record FacebookEvent(string Kind, JsonObject Item, string Customer, string? MessageId)
{
    /// <summary>What customers of a page can do.</summary>
    public static IReadOnlyList<MessageKind> Kinds { get; } =
    [
        MessageKind.Text, MessageKind.Photo, MessageKind.Document, MessageKind.Voice, MessageKind.Audio, MessageKind.Video, MessageKind.Location, MessageKind.Sticker, MessageKind.Link,
        MessageKind.CallbackQuery, MessageKind.Started, MessageKind.Referral, MessageKind.OptIn, MessageKind.EditedMessage, MessageKind.Deleted, MessageKind.Reaction, MessageKind.ReactionRemoved,
        MessageKind.Delivered, MessageKind.Read, MessageKind.Echo, MessageKind.Standby, MessageKind.Blocked, MessageKind.Unblocked, MessageKind.TestEvent, MessageKind.Unknown,
    ];

    private static readonly string[] OptionNames = ["quickReply", "payload", "title", "ref", "appId"];

    /// <summary>The event of a message.</summary>
    /// <exception cref="FormatException">The message cannot be what it says it is.</exception>
    public static FacebookEvent Of(CustomerMessage message, FacebookAccount page)
    {
        if (message.Options.Keys.FirstOrDefault(name => !OptionNames.Contains(name)) is { } unknown)
        {
            throw new FormatException($"There is no option '{unknown}'; there are {string.Join(", ", OptionNames)}.");
        }

        var customer = message.CustomerId.ToString(CultureInfo.InvariantCulture);
        return message.Kind switch
        {
            MessageKind.EditedMessage => Edited(message, page, customer),
            MessageKind.Deleted => About(page, customer, FacebookFields.Messages, "message", new() { ["mid"] = message.ProviderMessageId ?? page.Conversations.LatestOfCustomer(customer), ["is_deleted"] = true }),
            MessageKind.Reaction or MessageKind.ReactionRemoved => Reaction(message, page, customer),
            MessageKind.Delivered => About(page, customer, "message_deliveries", "delivery", new() { ["mids"] = new JsonArray(message.ProviderMessageId ?? page.Conversations.LatestOfPage(customer)), ["watermark"] = Now(page) }),
            MessageKind.Read => About(page, customer, "message_reads", "read", new() { ["watermark"] = Now(page) }),
            MessageKind.Referral => About(page, customer, "messaging_referrals", "referral", Referral(message)),
            MessageKind.OptIn => About(page, customer, "messaging_optins", "optin", new() { ["type"] = "notification_messages", ["payload"] = Option(message, "payload") ?? "weekly", ["notification_messages_token"] = "1234567890" }),
            MessageKind.Started => Postback(message, page, customer, "Get Started", "GET_STARTED"),
            MessageKind.CallbackQuery => Postback(message, page, customer, message.Text ?? "Buy", "ORDER_42"),
            MessageKind.Echo => Echo(page, customer, message.Text ?? "We are on it", Option(message, "appId") ?? page.App.Id, metadata: null),
            MessageKind.TestEvent => Sample(customer),
            MessageKind.Unknown => About(page, customer, FacebookFields.Messages, "hologram", new() { ["text"] = message.Text ?? "?" }),
            _ => Written(message, page, customer),
        };
    }

    /// <summary>What the page itself has sent, told to every app that listens.</summary>
    public static FacebookEvent Echo(FacebookAccount page, string customer, string text, string appId, string? metadata)
    {
        var body = new JsonObject { ["mid"] = page.Conversations.Answered(customer), ["is_echo"] = true };
        if (appId.Length > 0)
        {
            body["app_id"] = long.Parse(appId, CultureInfo.InvariantCulture);
        }

        if (metadata is not null)
        {
            body["metadata"] = metadata;
        }

        body["text"] = text;
        var item = ItemOf(page.Id, customer, page, "message", body);
        return new(FacebookFields.Echoes, item, customer, body["mid"]!.GetValue<string>());
    }

    private static FacebookEvent Written(CustomerMessage message, FacebookAccount page, string customer)
    {
        var body = new JsonObject { ["mid"] = page.Conversations.Wrote(customer, page.App.State.Time.Now) };
        FacebookMedia.AddTo(body, message);
        if (Option(message, "quickReply") is { } payload)
        {
            body["quick_reply"] = new JsonObject { ["payload"] = payload };
        }

        if (message.ProviderMessageId is { } answered)
        {
            body["reply_to"] = new JsonObject { ["mid"] = answered };
        }

        if (message.Options.ContainsKey("ref"))
        {
            body["referral"] = Referral(message);
        }

        return About(page, customer, message.Kind == MessageKind.Standby ? FacebookFields.Standby : FacebookFields.Messages, "message", body);
    }

    private static FacebookEvent Edited(CustomerMessage message, FacebookAccount page, string customer)
    {
        var mid = message.ProviderMessageId ?? page.Conversations.LatestOfCustomer(customer);
        return About(page, customer, "message_edits", "message_edit", new() { ["mid"] = mid, ["text"] = message.Text ?? "hello operator (fixed)", ["num_edit"] = page.Conversations.Edited(mid) });
    }

    private static FacebookEvent Reaction(CustomerMessage message, FacebookAccount page, string customer)
    {
        var body = new JsonObject { ["mid"] = message.ProviderMessageId ?? page.Conversations.LatestOfPage(customer), ["action"] = message.Kind == MessageKind.Reaction ? "react" : "unreact" };
        if (message.Kind == MessageKind.Reaction)
        {
            body["emoji"] = message.Text ?? "\u2764\ufe0f";
            body["reaction"] = "love";
        }

        return About(page, customer, "message_reactions", "reaction", body);
    }

    private static FacebookEvent Postback(CustomerMessage message, FacebookAccount page, string customer, string title, string payload)
    {
        var body = new JsonObject { ["mid"] = page.Conversations.Wrote(customer, page.App.State.Time.Now), ["title"] = Option(message, "title") ?? title, ["payload"] = Option(message, "payload") ?? payload };
        if (message.Options.ContainsKey("ref"))
        {
            body["referral"] = Referral(message);
        }

        return About(page, customer, FacebookFields.Postbacks, "postback", body);
    }

    // The dashboard's button sends the same made-up message whatever the page.
    private static FacebookEvent Sample(string customer) => new(
        FacebookQueue.ChangesPrefix + FacebookFields.Messages,
        new JsonObject
        {
            ["field"] = FacebookFields.Messages,
            ["value"] = new JsonObject
            {
                ["sender"] = new JsonObject { ["id"] = "12334" },
                ["recipient"] = new JsonObject { ["id"] = "23245" },
                ["timestamp"] = "1527459824",
                ["message"] = new JsonObject { ["mid"] = "test_message_id", ["text"] = "test_message" },
            },
        },
        customer,
        MessageId: null);

    private static FacebookEvent About(FacebookAccount page, string customer, string kind, string name, JsonObject payload) =>
        new(kind, ItemOf(customer, page.Id, page, name, payload), customer, payload["mid"]?.GetValue<string>());

    private static JsonObject ItemOf(string sender, string recipient, FacebookAccount page, string name, JsonObject payload) => new()
    {
        ["sender"] = new JsonObject { ["id"] = sender },
        ["recipient"] = new JsonObject { ["id"] = recipient },
        ["timestamp"] = Now(page),
        [name] = payload,
    };

    private static JsonObject Referral(CustomerMessage message) => new() { ["ref"] = Option(message, "ref") ?? "promo7", ["source"] = "SHORTLINK", ["type"] = "OPEN_THREAD" };

    private static string? Option(CustomerMessage message, string name) => message.Options.GetValueOrDefault(name);

    private static long Now(FacebookAccount page) => page.App.State.Time.Now.ToUnixTimeMilliseconds();
}
