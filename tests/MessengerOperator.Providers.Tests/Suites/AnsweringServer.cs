using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MessengerOperator.Providers.Tests.Suites;

/// <summary>Something at a provider's address that gives one answer to everything: a proxy, a page for guests, a server in trouble.</summary>
internal sealed class AnsweringServer : IAsyncDisposable
{
    private readonly WebApplication _server;

    private AnsweringServer(WebApplication server) => _server = server;

    public Uri Address => new(_server.Urls.First());

    public static async Task<AnsweringServer> StartAsync(StrangeAnswer answer, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var server = builder.Build();
        server.Run(context => AnswerAsync(context, answer));
        await server.StartAsync(cancellationToken);
        return new(server);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static async Task AnswerAsync(HttpContext context, StrangeAnswer answer)
    {
        switch (answer.Kind)
        {
            case StrangeAnswerKind.Reset:
                context.Abort();
                return;
            case StrangeAnswerKind.Silence:
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                return;
            default:
                context.Response.StatusCode = answer.Status;
                context.Response.ContentType = answer.MediaType;
                context.Response.Headers.Location = answer.Status is >= 300 and <= 399 ? "https://elsewhere.example.invalid/" : default;
                var body = answer.Kind == StrangeAnswerKind.Echo ? await EchoAsync(context.Request) : answer.Body;
                await context.Response.Body.WriteAsync(body);
                return;
        }
    }

    // An error in the manner of every provider at once, with all that was sent in its text.
    private static async Task<byte[]> EchoAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        var headers = string.Join("; ", request.Headers.Select(header => $"{header.Key}: {WebUtility.UrlDecode(header.Value)} {Basic(header.Value)}"));
        var text = $"{headers} {WebUtility.UrlDecode(request.QueryString.Value)} {WebUtility.UrlDecode(await reader.ReadToEndAsync())} {WebUtility.UrlDecode(request.Path)}";
        return JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>
        {
            ["ok"] = false,
            ["error_code"] = 400,
            ["description"] = text,
            ["status"] = 3,
            ["status_message"] = text,
            ["error"] = new { message = text, code = 190, type = text },
            ["message"] = text,
            ["error_description"] = text,
            ["title"] = text,
            ["detail"] = text,
            ["error-code"] = "401",
            ["error-code-label"] = text,
        });
    }

    private static string Basic(string? header)
    {
        var value = header?.Split(' ') is ["Basic", var encoded] ? encoded : "";
        var bytes = new byte[value.Length];
        return Convert.TryFromBase64String(value, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : "";
    }
}
