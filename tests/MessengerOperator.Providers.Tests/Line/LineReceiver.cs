using MessengerOperator.Providers.Tests.Webhooks;
using MessengerOperator.Providers.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MessengerOperator.Providers.Tests.Line;

/// <summary>The webhook half behind a real port: what LINE's calls meet at ours.</summary>
internal sealed class LineReceiver : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly WebhookKeys _keys;

    private LineReceiver(WebApplication server, string channelSecret)
    {
        _server = server;
        _keys = new WebhookKeys([new("channelSecret", [new Secret(channelSecret)])]);
    }

    public Uri Url => new(new Uri(_server.Urls.First()), "contact-centre/acme-line");

    /// <summary>What it answers instead; null to verify, parse and answer accordingly.</summary>
    public Func<HttpContext, Task>? Instead { get; set; }

    public static async Task<LineReceiver> StartAsync(string channelSecret, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var receiver = new LineReceiver(builder.Build(), channelSecret);
        receiver._server.Run(receiver.TakeAsync);
        await receiver._server.StartAsync(cancellationToken);
        return receiver;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        if (Instead is { } instead)
        {
            await instead(context);
            return;
        }

        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var headers = new TestHeaders([.. context.Request.Headers.SelectMany(header => header.Value.Select(value => (header.Key, value ?? "")))]);
        var request = new WebhookRequest(context.Request.Method, context.Request.Path, "", headers, body.ToArray());
        var webhook = TestProviders.Get("Line").Webhook;
        context.Response.StatusCode = webhook.Verify(request, new(_keys, default, DateTimeOffset.UnixEpoch)) != VerificationResult.Accepted
            ? StatusCodes.Status401Unauthorized
            : webhook.Parse(request, new(null, default, DateTimeOffset.UnixEpoch)) is ParseResult.Events { Items.Count: 0 } ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest;
    }
}
