using System.Globalization;
using MessengerOperator.Receiver.Spool;

namespace MessengerOperator.Receiver.Endpoints;

/// <summary>Dead letters on the management port: <c>GET /dead-letters</c>, <c>POST /dead-letters/redrive</c>, <c>POST /dead-letters/discard</c>.</summary>
/// <remarks>
/// Who may reach the management port may redrive; it is not for the world, and the operator's NetworkPolicy keeps it so. A web page in the browser of
/// somebody who has forwarded the port may not: browsers say where a POST comes from.
/// </remarks>
internal sealed class DeadLettersEndpoint(SpoolStatus status, IServiceProvider services)
{
    /// <summary>Where they are.</summary>
    public const string Path = "/dead-letters";

    /// <summary>Where they are put back among the events: the one that <c>id</c> names, or all.</summary>
    public const string RedrivePath = Path + "/redrive";

    /// <summary>Where they are removed for good: the one that <c>id</c> names, or with <c>all=true</c> all.</summary>
    public const string DiscardPath = Path + "/discard";

    /// <summary>Most that one answer lists.</summary>
    public const int MostListed = 1000;

    private const int UsuallyListed = 100;

    // Without a spool there is none.
    private readonly DeadLetterBox? _letters = services.GetService<DeadLetterBox>();

    /// <summary>Whether the path is one of these.</summary>
    public static bool Has(string? path) => path is Path or RedrivePath or DiscardPath;

    /// <summary>Answers one request.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var path = context.Request.Path.Value;
        var method = path == Path ? HttpMethods.Get : HttpMethods.Post;
        if (!HttpMethods.Equals(context.Request.Method, method))
        {
            context.Response.Headers.Allow = method;
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        }
        else if (context.Request.Headers.Origin.Count > 0)
        {
            await FailAsync(context, StatusCodes.Status403Forbidden, "not for web pages");
        }
        else if (_letters is not { } letters)
        {
            await FailAsync(context, StatusCodes.Status404NotFound, "there is no spool");
        }
        else
        {
            try
            {
                await (path == Path ? ListAsync(context, letters) : ChangeAsync(context, letters, redrive: path == RedrivePath));
            }
            catch (SpoolUnavailableException exception)
            {
                await FailAsync(context, StatusCodes.Status503ServiceUnavailable, exception.Message);
            }
        }
    }

    private static Task FailAsync(HttpContext context, int code, string message)
    {
        context.Response.StatusCode = code;
        return context.Response.WriteAsync(message + "\n");
    }

    private static bool TryRead(HttpContext context, string name, out long? value)
    {
        var text = context.Request.Query[name];
        value = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        return text.Count == 0 || (text.Count == 1 && value is not null);
    }

    private async Task ListAsync(HttpContext context, DeadLetterBox letters)
    {
        if (!TryRead(context, "after", out var after) || !TryRead(context, "limit", out var limit))
        {
            await FailAsync(context, StatusCodes.Status400BadRequest, "after and limit are numbers");
            return;
        }

        var most = (int)Math.Clamp(limit ?? UsuallyListed, 1, MostListed);
        var listed = await letters.ListAsync(after ?? 0, most);
        await context.Response.WriteAsJsonAsync(
            new(status.Sources.Sum(source => source.DeadLetters), [.. listed.Select(DeadLetterItem.Of)], listed.Count == most ? listed[^1].Number : null),
            StatusJson.Default.DeadLettersDocument);
    }

    private static async Task ChangeAsync(HttpContext context, DeadLetterBox letters, bool redrive)
    {
        if (!TryRead(context, "id", out var id))
        {
            await FailAsync(context, StatusCodes.Status400BadRequest, "id is a number");
        }
        else if (!redrive && id is null && context.Request.Query["all"] != "true")
        {
            await FailAsync(context, StatusCodes.Status400BadRequest, "id or all=true is needed");
        }
        else
        {
            var count = await (redrive ? letters.RedriveAsync(id) : letters.DiscardAsync(id));
            await (id is { } number && count == 0
                ? FailAsync(context, StatusCodes.Status404NotFound, $"there is no dead letter {number}")
                : context.Response.WriteAsJsonAsync(new(count), StatusJson.Default.DeadLettersDone));
        }
    }
}
