using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace MessengerOperator.Receiver.Crash.Tests;

/// <summary>A sink that fails now and then, as the dice say, and keeps what it took in the order of its arrival. Each provider has a path of its own.</summary>
internal sealed class FlakySink : IAsyncDisposable
{
    private const int FailedPercent = 5;

    private readonly WebApplication _application;
    private readonly Dictionary<string, List<(string Conversation, string Text)>> _taken = new(StringComparer.Ordinal);
    private readonly Random _dice;

    private FlakySink(WebApplication application, int seed)
    {
        _application = application;
        _dice = new(seed);
    }

    /// <summary>Whether it has stopped failing.</summary>
    public bool IsWell { get; set; }

    /// <summary>Starts it.</summary>
    public static async Task<FlakySink> StartAsync(int seed)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var application = builder.Build();
        var sink = new FlakySink(application, seed);
        application.Run(sink.HandleAsync);
        await application.StartAsync();
        return sink;
    }

    /// <summary>Where a provider's events go.</summary>
    public string UrlFor(string provider) => $"{_application.Urls.Single()}/{provider}";

    /// <summary>How many deliveries a provider's events had, repeats included.</summary>
    public int CountOf(string provider)
    {
        lock (_taken)
        {
            return _taken.TryGetValue(provider, out var taken) ? taken.Count : 0;
        }
    }

    /// <summary>A provider's deliveries: the conversation and the text, in the order of their arrival.</summary>
    public IReadOnlyList<(string Conversation, string Text)> TakenOf(string provider)
    {
        lock (_taken)
        {
            return _taken.TryGetValue(provider, out var taken) ? [.. taken] : [];
        }
    }

    public async ValueTask DisposeAsync() => await _application.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        var body = await JsonNode.ParseAsync(context.Request.Body);
        lock (_taken)
        {
            if (!IsWell && _dice.Next(100) < FailedPercent)
            {
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                return;
            }

            var provider = context.Request.Path.Value![1..];
            if (!_taken.TryGetValue(provider, out var taken))
            {
                _taken[provider] = taken = [];
            }

            taken.Add((context.Request.Headers["ce-subject"].ToString(), (string?)body?["content"]?["text"] ?? string.Empty));
        }

        context.Response.StatusCode = StatusCodes.Status202Accepted;
    }
}
