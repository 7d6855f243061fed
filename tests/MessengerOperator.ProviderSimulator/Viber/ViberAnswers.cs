using System.Text.Json.Nodes;

namespace MessengerOperator.ProviderSimulator.Viber;

/// <summary>Answers of the REST Bot API: HTTP 200 always, the result in <c>status</c>.</summary>
internal static class ViberAnswers
{
    private const int Hosts = 20;
    private static int _count;

    public static JsonAnswer Ok(JsonObject? members = null)
    {
        var body = new JsonObject { ["status"] = ViberStatus.Ok, ["status_message"] = "ok" };
        foreach (var (name, value) in members ?? [])
        {
            body[name] = value?.DeepClone();
        }

        return new JsonAnswer(StatusCodes.Status200OK, WithHost(body));
    }

    /// <summary>A failure; without words every second one has no message, as Viber's often have none.</summary>
    public static JsonAnswer Error(int status, string? message = null)
    {
        var body = new JsonObject { ["status"] = status };
        if (message is not null || Interlocked.Increment(ref _count) % 2 == 0)
        {
            body["status_message"] = message ?? ViberStatus.NameOf(status);
        }

        return new JsonAnswer(StatusCodes.Status200OK, WithHost(body));
    }

    /// <summary>The name of one of Viber's servers, which is in most of what it sends.</summary>
    public static string NewHost() => $"SN-CHAT-{Random.Shared.Next(1, Hosts):00}_";

    private static JsonObject WithHost(JsonObject body)
    {
        body["chat_hostname"] = NewHost();
        return body;
    }
}
