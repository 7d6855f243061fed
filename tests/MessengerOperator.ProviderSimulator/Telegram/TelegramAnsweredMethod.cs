using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;

namespace MessengerOperator.ProviderSimulator.Telegram;

/// <summary>Finds the Bot API call in a receiver's answer, which the server would carry out.</summary>
internal static class TelegramAnsweredMethod
{
    private static readonly string[] NeverExecuted = ["deletewebhook", "setwebhook", "close", "logout"];

    /// <summary>The call's arguments, <c>method</c> among them; null when the answer holds none that is executed.</summary>
    public static TelegramArguments? Read(string? contentType, string body)
    {
        var arguments = string.Equals(contentType, "application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase)
            ? FromForm(body)
            : FromJson(body);
        var method = arguments?["method"].ToLowerInvariant() ?? string.Empty;
        return method.Length == 0 || NeverExecuted.Contains(method) || method.StartsWith("get", StringComparison.Ordinal) ? null : arguments;
    }

    private static TelegramArguments FromForm(string body)
    {
        var members = new JsonObject();
        foreach (var (name, value) in QueryHelpers.ParseQuery(body))
        {
            members[name] = value.ToString();
        }

        return TelegramArguments.From(members);
    }

    /// <summary>A JSON object counts whatever its content type says: stricter than the server, and safer.</summary>
    private static TelegramArguments? FromJson(string body)
    {
        if (!body.AsSpan().TrimStart().StartsWith("{"))
        {
            return null;
        }

        try
        {
            return JsonNode.Parse(body) is JsonObject members ? TelegramArguments.From(members) : null;
        }
        catch (Exception failure) when (failure is JsonException or ArgumentException)
        {
            return null;
        }
    }
}
