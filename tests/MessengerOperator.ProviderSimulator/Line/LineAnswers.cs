using System.Text.Json.Nodes;

namespace MessengerOperator.ProviderSimulator.Line;

/// <summary>LINE's envelopes.</summary>
internal static class LineAnswers
{
    public const string NotAuthenticated = "Authentication failed. Confirm that the access token in the authorization header is valid.";
    public const string NotAvailable = "Access to this API is not available for your account";
    public const string RateLimited = "The API rate limit has been exceeded. Try again later.";
    public const string MonthlyLimit = "You have reached your monthly limit.";
    public const string NotFound = "Not found";
    public const string InvalidReplyToken = "Invalid reply token";

    public static JsonAnswer Ok(JsonObject? body = null) => new(StatusCodes.Status200OK, body ?? []);

    /// <summary>An error of the Messaging API; with a property also its details.</summary>
    public static JsonAnswer Error(int status, string message, string? property = null, string? detail = null)
    {
        var body = new JsonObject { ["message"] = message };
        if (property is not null)
        {
            body["details"] = new JsonArray(new JsonObject { ["message"] = detail, ["property"] = property });
        }

        return new JsonAnswer(status, body);
    }

    /// <summary>A property of the request's body cannot be.</summary>
    public static JsonAnswer Invalid(string property, string detail) =>
        Error(StatusCodes.Status400BadRequest, "The request body has 1 error(s)", property, detail);

    /// <summary>An error of the OAuth endpoints.</summary>
    public static JsonAnswer OAuthError(int status, string error, string? description) =>
        new(status, description is null ? new JsonObject { ["error"] = error } : new JsonObject { ["error"] = error, ["error_description"] = description });

    /// <summary>The usual words for a status.</summary>
    public static string UsualMessage(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "The request body has 1 error(s)",
        StatusCodes.Status401Unauthorized => NotAuthenticated,
        StatusCodes.Status403Forbidden => NotAvailable,
        StatusCodes.Status404NotFound => NotFound,
        StatusCodes.Status409Conflict => "The retry key is already accepted",
        StatusCodes.Status429TooManyRequests => RateLimited,
        _ => "Internal server error",
    };
}
