using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace MessengerOperator.Receiver.Tests.Harness;

/// <summary>A real HTTP server that takes CloudEvents, and can be told to misbehave.</summary>
internal sealed class TestSink : IAsyncDisposable
{
    private readonly WebApplication _application;

    private TestSink(WebApplication application) => _application = application;

    /// <summary>What arrived and was answered 2xx, in order.</summary>
    public ConcurrentQueue<SinkRequest> Taken { get; } = new();

    /// <summary>How requests are answered; 202 unless a test says otherwise.</summary>
    public Func<HttpContext, Task> Behaviour { get; set; } = Take;

    public int Port { get; private set; }

    public static Task Take(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        return Task.CompletedTask;
    }

    public static Func<HttpContext, Task> Answer(int status, params (string Name, string Value)[] headers) => context =>
    {
        context.Response.StatusCode = status;
        foreach (var (name, value) in headers)
        {
            context.Response.Headers[name] = value;
        }

        return Task.CompletedTask;
    };

    public static async Task<TestSink> StartAsync(int port = 0)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, listener => listener.Protocols = HttpProtocols.Http1));
        var application = builder.Build();
        var sink = new TestSink(application);
        application.Run(sink.HandleAsync);
        await application.StartAsync();
        sink.Port = new Uri(application.Urls.Single()).Port;
        return sink;
    }

    public async ValueTask DisposeAsync()
    {
        using var atOnce = new CancellationTokenSource();
        await atOnce.CancelAsync();
        await _application.StopAsync(atOnce.Token);
        await _application.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        var headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        await Behaviour(context);
        if (context.Response.StatusCode is >= 200 and < 300)
        {
            Taken.Enqueue(new(headers, JsonNode.Parse(body)!));
        }
    }
}

/// <summary>One delivery.</summary>
internal sealed record SinkRequest(IReadOnlyDictionary<string, string> Headers, JsonNode Data);
