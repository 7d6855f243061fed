using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MessengerOperator.ProviderSimulator.Accounts;

namespace MessengerOperator.ProviderSimulator.Line;

/// <summary>Messages of one channel, both ways: their ids, reply tokens, and the two ways to send.</summary>
internal sealed class LineMessages(LineAccount account, SimulationTime time)
{
    private const int MaxMessages = 5;
    private const int MaxText = 5000;
    private const string RetryKeyHeader = "X-Line-Retry-Key";
    private static readonly TimeSpan ReplyTokenLifetime = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, string> _newest = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Chat, DateTimeOffset IssuedAt)> _replyTokens = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonObject> _acceptedKeys = new(StringComparer.Ordinal);
    private long _nextId = Random.Shared.NextInt64(500_000_000_000_000_000, 600_000_000_000_000_000);

    /// <summary>The id of a customer's new message.</summary>
    public string NewIdIn(string chat)
    {
        lock (_gate)
        {
            return _newest[chat] = NewId();
        }
    }

    /// <summary>The newest message of a chat; an id that nobody knows when there was none.</summary>
    public string NewestOf(string chat)
    {
        lock (_gate)
        {
            return _newest.GetValueOrDefault(chat) ?? NewId();
        }
    }

    /// <summary>A token with which the event can be answered once, for a minute.</summary>
    public string NewReplyToken(string chat)
    {
        var token = LineIds.RandomHex();
        lock (_gate)
        {
            _replyTokens[token] = (chat, time.Now);
        }

        return token;
    }

    public JsonAnswer Reply(HttpRequest request, JsonObject body)
    {
        if (request.Headers.ContainsKey(RetryKeyHeader))
        {
            return LineAnswers.Error(StatusCodes.Status400BadRequest, "The retry key can't be used with this API");
        }

        if (RefusalOf(body) is { } refusal)
        {
            return refusal;
        }

        lock (_gate)
        {
            return LineRequestBody.Text(body, "replyToken") is { } token && _replyTokens.Remove(token, out var issued) && time.Now - issued.IssuedAt < ReplyTokenLifetime
                ? LineAnswers.Ok(Send(issued.Chat, body))
                : LineAnswers.Error(StatusCodes.Status400BadRequest, LineAnswers.InvalidReplyToken);
        }
    }

    public JsonAnswer Push(HttpRequest request, JsonObject body)
    {
        if (LineRequestBody.Text(body, "to") is not { } to || !LineIds.IsRecipient(to))
        {
            return LineAnswers.Error(StatusCodes.Status400BadRequest, "The property, 'to', in the request body is invalid (line: -, column: -)");
        }

        if (RefusalOf(body) is { } refusal)
        {
            return refusal;
        }

        var key = request.Headers[RetryKeyHeader].ToString();
        if (key.Length > 0 && !Guid.TryParseExact(key, "D", out _))
        {
            return LineAnswers.Error(StatusCodes.Status400BadRequest, "The retry key is invalid");
        }

        lock (_gate)
        {
            if (_acceptedKeys.TryGetValue(key, out var accepted))
            {
                var repeated = LineAnswers.Error(StatusCodes.Status409Conflict, LineAnswers.UsualMessage(StatusCodes.Status409Conflict));
                repeated.Body!["sentMessages"] = accepted["sentMessages"]!.DeepClone();
                return repeated;
            }

            if (account.Settings.IsOn(LineSettings.MonthlyLimitReached))
            {
                return LineAnswers.Error(StatusCodes.Status429TooManyRequests, LineAnswers.MonthlyLimit);
            }

            var sent = Send(to, body);
            if (key.Length > 0)
            {
                _acceptedKeys[key] = (JsonObject)sent.DeepClone();
            }

            return LineAnswers.Ok(sent);
        }
    }

    private static JsonAnswer? RefusalOf(JsonObject body)
    {
        if (body["messages"] is not JsonArray { Count: > 0 and <= MaxMessages } messages)
        {
            return LineAnswers.Invalid("messages", $"Size must be between 1 and {MaxMessages}");
        }

        for (var index = 0; index < messages.Count; index++)
        {
            var type = (messages[index] as JsonObject)?["type"];
            if (type is null)
            {
                return LineAnswers.Invalid(At(index, "type"), "Must be specified");
            }

            if (type.GetValueKind() == JsonValueKind.String && type.GetValue<string>() == "text"
                && LineRequestBody.Text((JsonObject)messages[index]!, "text") is not { Length: > 0 and <= MaxText })
            {
                return LineAnswers.Invalid(At(index, "text"), $"Length must be between 1 and {MaxText}");
            }
        }

        return null;
    }

    private static string At(int index, string property) => string.Create(CultureInfo.InvariantCulture, $"messages[{index}].{property}");

    /// <summary>The caller holds the gate.</summary>
    private JsonObject Send(string chat, JsonObject body)
    {
        var sent = new JsonArray();
        foreach (var message in (JsonArray)body["messages"]!)
        {
            var id = NewId();
            account.Record(new SentMessage(time.Now, chat, id, LineRequestBody.Text((JsonObject)message!, "text") ?? string.Empty, FromWebhookAnswer: false));
            sent.Add((JsonNode)new JsonObject { ["id"] = id, ["quoteToken"] = LineIds.RandomHex() });
        }

        return new JsonObject { ["sentMessages"] = sent };
    }

    private string NewId() => (++_nextId).ToString(CultureInfo.InvariantCulture);
}
