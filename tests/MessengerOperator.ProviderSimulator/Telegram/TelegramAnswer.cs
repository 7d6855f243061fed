using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace MessengerOperator.ProviderSimulator.Telegram;

/// <summary>An answer of the Bot API in its envelope; the HTTP status equals <c>error_code</c>.</summary>
internal sealed record TelegramAnswer(int Status, JsonNode? Result, string? Description, int? RetryAfterSeconds) : IProviderAnswer
{
    public static TelegramAnswer Ok(JsonNode result, string? description = null) => new(StatusCodes.Status200OK, result, description, null);

    public static TelegramAnswer BadRequest(string reason) => Error(StatusCodes.Status400BadRequest, $"Bad Request: {reason}");

    public static TelegramAnswer Error(int status, string? description = null, int? retryAfterSeconds = null)
    {
        var wait = retryAfterSeconds ?? (status == StatusCodes.Status429TooManyRequests ? 1 : null);
        return new TelegramAnswer(status, null, description ?? DefaultDescription(status, wait), wait);
    }

    public static TelegramAnswer TooManyRequests(int seconds) => Error(StatusCodes.Status429TooManyRequests, null, seconds);

    public async Task WriteAsync(HttpContext context)
    {
        var envelope = new JsonObject { ["ok"] = Result is not null };
        if (Result is not null)
        {
            envelope["result"] = Result.DeepClone();
        }
        else
        {
            envelope["error_code"] = Status;
        }

        if (Description is not null)
        {
            envelope["description"] = Description;
        }

        if (RetryAfterSeconds is { } seconds)
        {
            envelope["parameters"] = new JsonObject { ["retry_after"] = seconds };
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        context.Response.StatusCode = Status;
        context.Response.ContentType = "application/json";
        var body = Encoding.ASCII.GetBytes(AsciiJson.Write(envelope));
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    private static string DefaultDescription(int status, int? retryAfterSeconds) => status switch
    {
        StatusCodes.Status400BadRequest => "Bad Request",
        StatusCodes.Status401Unauthorized => "Unauthorized",
        StatusCodes.Status403Forbidden => "Forbidden: bot was blocked by the user",
        StatusCodes.Status404NotFound => "Not Found",
        StatusCodes.Status409Conflict => "Conflict: terminated by other setWebhook",
        StatusCodes.Status421MisdirectedRequest => "Misdirected Request: unallowed token specified",
        StatusCodes.Status429TooManyRequests => string.Create(CultureInfo.InvariantCulture, $"Too Many Requests: retry after {retryAfterSeconds}"),
        StatusCodes.Status500InternalServerError => "Internal Server Error: restart",
        StatusCodes.Status502BadGateway => "Bad Gateway",
        _ => "Internal Server Error",
    };
}
