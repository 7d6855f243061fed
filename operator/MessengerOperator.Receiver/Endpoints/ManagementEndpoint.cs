using System.Text.Json;
using MessengerOperator.Receiver.Configuration;
using MessengerOperator.Receiver.Lifecycle;
using MessengerOperator.Receiver.Spool;

namespace MessengerOperator.Receiver.Endpoints;

/// <summary>The management port: <c>/healthz</c>, <c>/readyz</c>, <c>/status</c>, and dead letters; <c>/metrics</c> is the exporter's.</summary>
internal sealed class ManagementEndpoint(ServedRoutes routes, ReceiverState state, SpoolStatus spool, DeadLettersEndpoint deadLetters)
{
    /// <summary>Answers one request.</summary>
    public Task HandleAsync(HttpContext context)
    {
        if (DeadLettersEndpoint.Has(context.Request.Path.Value))
        {
            return deadLetters.HandleAsync(context);
        }

        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            context.Response.Headers.Allow = "GET, HEAD";
            return Task.CompletedTask;
        }

        return context.Request.Path.Value switch
        {
            "/healthz" => context.Response.WriteAsync("ok\n"),
            "/readyz" => WriteReadinessAsync(context),
            "/status" => WriteStatusAsync(context),
            _ => NotFoundAsync(context),
        };
    }

    private static Task NotFoundAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private Task WriteReadinessAsync(HttpContext context)
    {
        var status = StatusDocument.Of(routes, state, spool);
        context.Response.StatusCode = status.Ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        var lines = new List<string> { status.Ready ? "ok" : "not ready" };
        if (status.Draining)
        {
            lines.Add("stopping");
        }

        if (status.Spool?.Trouble is { } trouble)
        {
            lines.Add($"spool: {trouble.Kind}: {trouble.Message}");
        }

        lines.AddRange(status.Routes.SelectMany(route => route.Problems.Select(problem => $"{route.Integration}: {problem}")));
        return context.Response.WriteAsync(string.Join('\n', lines) + '\n');
    }

    private Task WriteStatusAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        return context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(StatusDocument.Of(routes, state, spool), StatusJson.Default.StatusDocument)).AsTask();
    }
}
