using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace MessengerOperator.ProviderSimulator.Facebook;

/// <summary>Answers of the Graph API. Errors come with HTTP 400 whatever their nature.</summary>
internal static class FacebookAnswer
{
    private const int TraceLength = 11;

    public static JsonAnswer Success => Ok(new JsonObject { ["success"] = true });

    public static JsonAnswer Ok(JsonNode body) => new(StatusCodes.Status200OK, body);

    /// <summary>An error in its envelope; 0 leaves code or subcode out.</summary>
    public static JsonAnswer Error(int code, string message, int subcode = 0, int status = StatusCodes.Status400BadRequest, bool isTransient = false)
    {
        var error = new JsonObject { ["message"] = message, ["type"] = "OAuthException" };
        if (code != 0)
        {
            error["code"] = code;
        }

        if (subcode != 0)
        {
            error["error_subcode"] = subcode;
        }

        if (isTransient)
        {
            error["is_transient"] = true;
        }

        error["fbtrace_id"] = RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-", TraceLength);
        return new(status, new JsonObject { ["error"] = error });
    }

    public static JsonAnswer Missing(string parameter) => Error(100, $"(#100) The parameter {parameter} is required");

    public static JsonAnswer NoSuchObject(string id) => Error(
        100,
        $"Unsupported get request. Object with ID '{id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation. Please read the Graph API documentation at https://developers.facebook.com/docs/graph-api",
        subcode: 33);

    public static JsonAnswer NoSuchField(string field, string nodeType) =>
        Error(100, $"(#100) Tried accessing nonexisting field ({field}) on node type ({nodeType})");
}
