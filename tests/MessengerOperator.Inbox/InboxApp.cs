using System.Globalization;
using System.Text.Json.Serialization;

namespace MessengerOperator.Inbox;

/// <summary>A running inbox: it takes events where a contact centre would, and shows what arrived.</summary>
public sealed class InboxApp : IAsyncDisposable
{
    private static readonly TimeSpan MaxWait = TimeSpan.FromMinutes(5);

    private readonly WebApplication _app;
    private readonly EventStore _store;

    private InboxApp(WebApplication app, EventStore store)
    {
        _app = app;
        _store = store;
        Uri = new Uri(app.Urls.First());
    }

    /// <summary>The base address.</summary>
    public Uri Uri { get; }

    /// <summary>Where events are posted to.</summary>
    public Uri EventsUri => new(Uri, "events");

    /// <summary>Completes when the process is told to stop.</summary>
    public Task Stopped => _app.WaitForShutdownAsync();

    /// <summary>Starts an inbox; when it returns, it listens.</summary>
    public static async Task<InboxApp> StartAsync(InboxOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(options.Url);
        builder.Logging.ClearProviders();
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, InboxJson.Default);
            json.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
        var app = builder.Build();
        var store = new EventStore(options.Clock);
        Map(app, store, options);
        await app.StartAsync(cancellationToken);
        return new InboxApp(app, store);
    }

    /// <summary>What arrived, from the event after number <paramref name="after"/> on.</summary>
    public InboxReport Report(int after = 0) => _store.Report(after);

    /// <summary>What arrived, once that many events have in total.</summary>
    /// <exception cref="TimeoutException">They did not within <paramref name="timeout"/>; default 30 s.</exception>
    public async Task<InboxReport> WaitForAsync(int count, TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        await _store.WaitForAsync(count, timeout ?? TimeSpan.FromSeconds(30), cancellationToken)
            ? _store.Report(0)
            : throw new TimeoutException(string.Create(CultureInfo.InvariantCulture, $"{_store.Report(0).Count} of {count} events arrived in time."));

    /// <summary>Sets the fault, or clears it with null.</summary>
    public void SetFault(InboxFault? fault) => _store.SetFault(fault);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static void Map(WebApplication app, EventStore store, InboxOptions options)
    {
        app.MapGet("/healthz", () => Results.Text("ok"));
        app.MapPost("/events", context => TakeAsync(context, store, options));
        app.MapGet("/events", async (int? after, int? waitFor, double? timeoutSeconds, CancellationToken cancellationToken) =>
        {
            var timeout = TimeSpan.FromSeconds(Math.Clamp(timeoutSeconds ?? 30, 0, MaxWait.TotalSeconds));
            var arrived = waitFor is null || await store.WaitForAsync(waitFor.Value, timeout, cancellationToken);
            return Results.Json(store.Report(after ?? 0), InboxJson.Default.InboxReport, statusCode: arrived ? StatusCodes.Status200OK : StatusCodes.Status408RequestTimeout);
        });
        app.MapDelete("/events", () =>
        {
            store.Clear();
            return Results.NoContent();
        });
        app.MapPut("/fault", (InboxFault fault) =>
        {
            if (fault.Times <= 0 || fault.Status is < 200 or > 599 || fault.DelayMilliseconds < 0)
            {
                return Results.BadRequest(new InboxError("times is above 0, status is 200 to 599, delayMilliseconds is not below 0"));
            }

            store.SetFault(fault);
            return Results.NoContent();
        });
        app.MapDelete("/fault", () =>
        {
            store.SetFault(null);
            return Results.NoContent();
        });
    }

    private static async Task TakeAsync(HttpContext context, EventStore store, InboxOptions options)
    {
        CloudEvent arrived;
        try
        {
            arrived = await CloudEventReader.ReadAsync(context.Request);
        }
        catch (FormatException wrong)
        {
            store.CountRejected();
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsJsonAsync(new InboxError(wrong.Message), InboxJson.Default.InboxError, cancellationToken: context.RequestAborted);
            return;
        }

        if (store.TakeFault() is { } fault)
        {
            if (fault.DelayMilliseconds > 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(fault.DelayMilliseconds), options.Clock, context.RequestAborted);
            }

            if (fault.RetryAfterSeconds is { } seconds)
            {
                context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            }

            if (fault.Status is { } status)
            {
                context.Response.StatusCode = status;
                return;
            }
        }

        var stored = store.Add(arrived);
        if (options.Summaries is { } summaries)
        {
            await summaries.WriteLineAsync(EventSummary.Of(stored));
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
