using System.Globalization;
using System.Text.Json.Nodes;

namespace MessengerOperator.ProviderSimulator.Nexmo;

/// <summary>Vonage's two families of answers.</summary>
internal static class NexmoAnswer
{
    private const string ErrorTypes = "https://developer.nexmo.com/api-errors";

    public static JsonAnswer Ok(JsonNode body, int status = StatusCodes.Status200OK) => new(status, body);

    /// <summary>As rest.nexmo.com tells how it went.</summary>
    public static JsonAnswer Legacy(int status, string label) => new(status, new JsonObject
    {
        ["error-code"] = status.ToString(CultureInfo.InvariantCulture),
        ["error-code-label"] = label,
    });

    /// <summary>As api.nexmo.com tells an error.</summary>
    public static JsonAnswer Problem(int status, string code, string title, string detail, params (string Name, string Reason)[] invalid)
    {
        var body = new JsonObject
        {
            ["type"] = $"{ErrorTypes}#{code}",
            ["title"] = title,
            ["detail"] = detail,
            ["instance"] = Guid.NewGuid().ToString("N"),
        };
        if (invalid.Length > 0)
        {
            body["invalid_parameters"] = new JsonArray([.. invalid.Select(parameter => (JsonNode)new JsonObject { ["name"] = parameter.Name, ["reason"] = parameter.Reason })]);
        }

        return new JsonAnswer(status, body);
    }

    public static JsonAnswer Unauthorized(bool isLegacy) => isLegacy
        ? Legacy(StatusCodes.Status401Unauthorized, "authentication failed")
        : Problem(StatusCodes.Status401Unauthorized, "unauthorized", "Invalid credentials supplied", "You did not provide correct credentials.");

    public static JsonAnswer Suspended(bool isLegacy) => isLegacy
        ? Legacy(StatusCodes.Status403Forbidden, "account suspended")
        : Problem(StatusCodes.Status403Forbidden, "account-suspended", "Account suspended", "This account has been suspended.");

    public static JsonAnswer MethodNotAllowed(bool isLegacy) => isLegacy
        ? Legacy(StatusCodes.Status405MethodNotAllowed, "method not allowed")
        : Problem(StatusCodes.Status405MethodNotAllowed, "method-not-allowed", "Method Not Allowed", "The method is not allowed for this resource.");

    public static JsonAnswer NoSuchKey(string apiKey) =>
        Problem(StatusCodes.Status404NotFound, "invalid-api-key", "Invalid API Key", $"API key '{apiKey}' does not exist, or you do not have access");

    public static JsonAnswer NoSuchApplication(string id) =>
        Problem(StatusCodes.Status404NotFound, "not-found", "Not Found", $"Application '{id}' does not exist, or you do not have access");

    public static JsonAnswer Invalid(params (string Name, string Reason)[] parameters) =>
        Problem(StatusCodes.Status400BadRequest, "invalid-parameters", "Bad request", "The request failed due to validation errors", parameters);
}
