using System.Text.Json;
using System.Text.Json.Nodes;
using MessengerOperator.ProviderSimulator.Accounts;

namespace MessengerOperator.ProviderSimulator.Nexmo;

/// <summary>Messages of the account to its customers. They are recorded; states of them are made through the control API.</summary>
internal static class NexmoSending
{
    /// <summary><c>/sms/json</c>: always HTTP 200, with a status in the body.</summary>
    public static JsonAnswer Sms(NexmoAccount account, NexmoCall call, DateTimeOffset now)
    {
        if (call["to"] is not { Length: > 0 } to || call["from"] is null || call["text"] is not { } text)
        {
            return Result(new JsonObject { ["status"] = "2", ["error-text"] = "Missing parameters" });
        }

        var id = $"0B{Guid.NewGuid():N}"[..16].ToUpperInvariant();
        account.Record(new SentMessage(now, to, id, text, FromWebhookAnswer: false));
        return Result(new JsonObject
        {
            ["to"] = to,
            ["message-id"] = id,
            ["status"] = "0",
            ["remaining-balance"] = "3.14",
            ["message-price"] = "0.0333",
            ["network"] = "23410",
        });
    }

    /// <summary><c>/v1/messages</c>.</summary>
    public static async Task<IProviderAnswer> MessageAsync(NexmoAccount account, HttpRequest request, DateTimeOffset now, CancellationToken cancellationToken)
    {
        JsonObject? message;
        try
        {
            message = await JsonNode.ParseAsync(request.Body, cancellationToken: cancellationToken) as JsonObject;
        }
        catch (JsonException)
        {
            message = null;
        }

        foreach (var name in new[] { "channel", "message_type", "from", "to" })
        {
            if (message?[name] is not JsonValue)
            {
                return NexmoAnswer.Problem(StatusCodes.Status422UnprocessableEntity, "invalid-parameters", "Invalid params", "The value of one or more parameters is invalid.", (name, "Is required."));
            }
        }

        var id = Guid.NewGuid().ToString();
        account.Record(new SentMessage(now, message!["to"]!.ToString(), id, message["text"]?.ToString() ?? "", FromWebhookAnswer: false));
        return NexmoAnswer.Ok(new JsonObject { ["message_uuid"] = id }, StatusCodes.Status202Accepted);
    }

    private static JsonAnswer Result(JsonObject message) => NexmoAnswer.Ok(new JsonObject { ["message-count"] = "1", ["messages"] = new JsonArray(message) });
}
