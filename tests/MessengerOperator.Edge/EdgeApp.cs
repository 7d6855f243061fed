using System.Diagnostics;
using System.Net;
using Yarp.ReverseProxy.Forwarder;

namespace MessengerOperator.Edge;

/// <summary>A running edge: it ends TLS and passes requests on by path, as a platform's ingress does.</summary>
/// <remarks>Headers and raw bodies pass untouched and unbuffered; Host stays the caller's. No route is 404, no upstream is 502.</remarks>
public sealed class EdgeApp : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpMessageInvoker _http;

    private EdgeApp(WebApplication app, RouteTable routes, HttpMessageInvoker http)
    {
        _app = app;
        _http = http;
        Routes = routes;
        Uris = [.. app.Urls.Select(url => new Uri(url))];
    }

    /// <summary>The routes, to be changed at will.</summary>
    public RouteTable Routes { get; }

    /// <summary>The addresses it listens on.</summary>
    public IReadOnlyList<Uri> Uris { get; }

    /// <summary>Completes when the process is told to stop.</summary>
    public Task Stopped => _app.WaitForShutdownAsync();

    /// <summary>Starts an edge; when it returns, it listens.</summary>
    public static async Task<EdgeApp> StartAsync(EdgeOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.ConfigureHttpsDefaults(https => https.ServerCertificate = options.Certificate);
        });
        builder.WebHost.UseUrls([.. options.Urls]);
        builder.Services.AddHttpForwarder();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));

        var app = builder.Build();
        var routes = new RouteTable();
        var http = NewUpstreamClient();
        var forwarder = app.Services.GetRequiredService<IHttpForwarder>();
        app.Run(async context =>
        {
            if (routes.Find(context.Request.Path.Value ?? "/") is not { } upstream)
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
            }

            await forwarder.SendAsync(context, upstream, http, ForwarderRequestConfig.Empty, UntouchedTransformer.Instance);
        });
        await app.StartAsync(cancellationToken);
        return new EdgeApp(app, routes, http);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _http.Dispose();
    }

    private static HttpMessageInvoker NewUpstreamClient() => new(new SocketsHttpHandler
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
        ConnectTimeout = TimeSpan.FromSeconds(5),
    });
}
