using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MessengerOperator.ProviderSimulator.Accounts;
using MessengerOperator.ProviderSimulator.Delivery;

namespace MessengerOperator.ProviderSimulator.Viber;

/// <summary><c>send_message</c>: the rules that a reply can break, who is subscribed, and a record of what was sent.</summary>
internal sealed class ViberMessages(ViberAccount account, SimulationTime time)
{
    private const int MaxTextLength = 7000;
    private const int MaxNameLength = 28;
    private const int MaxTrackingLength = 4096;

    /// <summary>The users that the bot has met, and whether each is subscribed.</summary>
    private readonly ConcurrentDictionary<string, bool> _users = new(StringComparer.Ordinal);

    public int Subscribers => _users.Values.Count(subscribed => subscribed);

    public void Meet(string user) => _users.TryAdd(user, false);

    public void Subscribe(string user, bool subscribed) => _users[user] = subscribed;

    public bool IsSubscribed(string user) => _users.GetValueOrDefault(user);

    public JsonAnswer Send(JsonObject parameters)
    {
        var text = Text(parameters, "text");
        var name = Text(parameters["sender"] as JsonObject ?? [], "name");
        return (Text(parameters, "receiver"), Text(parameters, "type")) switch
        {
            (null, _) => ViberAnswers.Error(ViberStatus.MissingData, "receiver is missing"),
            (_, null) => ViberAnswers.Error(ViberStatus.MissingData, "type is missing"),
            (_, not "text") => ViberAnswers.Error(ViberStatus.BadData, "the simulator sends text only"),
            _ when name is null => ViberAnswers.Error(ViberStatus.MissingData, "sender.name is missing"),
            _ when text is null => ViberAnswers.Error(ViberStatus.MissingData, "text is missing"),
            _ when name.Length > MaxNameLength || text.Length > MaxTextLength || Text(parameters, "tracking_data")?.Length > MaxTrackingLength => ViberAnswers.Error(ViberStatus.BadData, "badData"),
            _ when account.Webhooks.Current is null => ViberAnswers.Error(ViberStatus.WebhookNotSet),
            ({ } user, _) when !_users.ContainsKey(user) => ViberAnswers.Error(ViberStatus.ReceiverNotRegistered),
            ({ } user, _) when !IsSubscribed(user) => ViberAnswers.Error(ViberStatus.ReceiverNotSubscribed, "Not subscribed"),
            ({ } user, _) => Sent(user, text),
        };
    }

    /// <summary>Notes a body in an answer, which must be empty; to <c>conversation_started</c> it is sent to the user as the welcome message.</summary>
    public void TakeAnswer(DeliveryRecord delivery, string body)
    {
        var isWelcome = delivery.Kind == "conversation_started" && IsMessage(body);
        account.Record(new Violation(time.Now, delivery.Id, isWelcome
            ? "The answer to conversation_started held a message, which Viber sends to the user."
            : $"The answer to {delivery.Kind} was not empty."));
        if (isWelcome)
        {
            var user = JsonNode.Parse(delivery.Body)!["user"]!["id"]!.ToString();
            account.Record(new SentMessage(time.Now, user, NextToken(), body, FromWebhookAnswer: true));
        }
    }

    private JsonAnswer Sent(string user, string text)
    {
        var token = ViberIds.NextMessageToken();
        account.Record(new SentMessage(time.Now, user, token.ToString(CultureInfo.InvariantCulture), text, FromWebhookAnswer: false));
        return ViberAnswers.Ok(new JsonObject { ["message_token"] = token, ["billing_status"] = 1 });
    }

    private static string NextToken() => ViberIds.NextMessageToken().ToString(CultureInfo.InvariantCulture);

    private static string? Text(JsonObject parameters, string name) => parameters[name] is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;

    private static bool IsMessage(string body)
    {
        try
        {
            return JsonNode.Parse(body) is JsonObject message && message.ContainsKey("type");
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
