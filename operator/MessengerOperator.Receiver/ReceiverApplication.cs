using System.Net;
using MessengerOperator.Providers;
using MessengerOperator.Receiver.Configuration;
using MessengerOperator.Receiver.Endpoints;
using MessengerOperator.Receiver.Intake;
using MessengerOperator.Receiver.Lifecycle;
using MessengerOperator.Receiver.Sinks;
using MessengerOperator.Receiver.Spool;
using MessengerOperator.Receiver.Telemetry;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace MessengerOperator.Receiver;

/// <summary>Puts the receiver together.</summary>
internal static class ReceiverApplication
{
    // Providers keep connections open between events; shorter makes every event pay a TLS handshake at the edge.
    private static readonly TimeSpan KeepAlive = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan BodyRateGrace = TimeSpan.FromSeconds(5);
    private const double MinBodyBytesPerSecond = 240;
    private const int MaxHeaderCount = 100;

    /// <summary>Builds the application; nothing listens and no file is read yet.</summary>
    /// <param name="options">Checked options.</param>
    /// <param name="configure">Changes services before the application is built; for tests.</param>
    public static WebApplication Build(ReceiverOptions options, Action<IServiceCollection>? configure = null)
    {
        // The empty builder: no appsettings.json from the working directory, no ASPNETCORE_ variables, no file watchers.
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => ConfigureKestrel(kestrel, options));
        builder.Services
            .AddSingleton(options)
            .AddSingleton(TimeProvider.System)
            .Configure<HostOptions>(host => host.ShutdownTimeout = options.DrainTimeout)
            .AddProviders()
            .AddReceiverTelemetry(options)
            .AddSingleton<ServedRoutes>()
            .AddSinks()
            .AddSingleton<RouteTableBuilder>()
            .AddSingleton<ConfigurationWatcher>()
            .AddHostedService(services => services.GetRequiredService<ConfigurationWatcher>())
            .AddEventStore(options)
            .AddSingleton<WebhookIntake>()
            .AddSingleton<ReceiverState>()
            .AddSingleton<ShutdownSequence>()
            .AddSingleton<IHostLifetime, SignalLifetime>()
            .AddSingleton<TrafficConnections>()
            .AddSingleton(StrangersPace.For(options.MaxConnections))
            .AddSingleton<BodyBudget>()
            .AddSingleton<TrafficEndpoint>()
            .AddSingleton<DeadLettersEndpoint>()
            .AddSingleton<ManagementEndpoint>();
        configure?.Invoke(builder.Services);

        var application = builder.Build();
        var traffic = application.Services.GetRequiredService<TrafficEndpoint>();
        var management = application.Services.GetRequiredService<ManagementEndpoint>();
        application.MapWhen(ManagementConnection.Carries, branch =>
        {
            branch.UseOpenTelemetryPrometheusScrapingEndpoint("/metrics");
            branch.Run(management.HandleAsync);
        });
        application.Run(traffic.HandleAsync);
        application.Lifetime.ApplicationStarted.Register(() => ReceiverLog.Listening(
            application.Services.GetRequiredService<ILogger<TrafficEndpoint>>(), application.Urls.First(), application.Urls.Last()));
        return application;
    }

    private static void ConfigureKestrel(KestrelServerOptions kestrel, ReceiverOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.AllowSynchronousIO = false;
        var limits = kestrel.Limits;
        limits.MaxRequestBodySize = options.MaxBodyBytes;
        limits.MaxRequestHeadersTotalSize = options.MaxHeaderBytes;
        limits.MaxRequestHeaderCount = MaxHeaderCount;
        limits.MaxRequestBufferSize = Math.Max(options.MaxHeaderBytes, 64 * 1024);
        limits.RequestHeadersTimeout = options.HeaderTimeout;
        limits.KeepAliveTimeout = KeepAlive;
        limits.MinRequestBodyDataRate = new(MinBodyBytesPerSecond, BodyRateGrace);

        // The limit of the traffic port is its own, so that nobody there can keep health checks out.
        limits.MaxConcurrentConnections = null;
        Listen(kestrel, options, options.TrafficPort, kestrel.ApplicationServices.GetRequiredService<TrafficConnections>().Watch);
        Listen(kestrel, options, options.ManagementPort, ManagementConnection.MarkAll);
    }

    private static void Listen(KestrelServerOptions kestrel, ReceiverOptions options, int port, Action<ListenOptions> configure)
    {
        void Configure(ListenOptions listener)
        {
            // Without TLS Kestrel speaks HTTP/1.1 only on a port that offers both; saying so spares a warning.
            listener.Protocols = HttpProtocols.Http1;
            configure(listener);
        }

        if (options.ListenAddress == "*")
        {
            kestrel.ListenAnyIP(port, Configure);
        }
        else
        {
            kestrel.Listen(IPAddress.Parse(options.ListenAddress), port, Configure);
        }
    }
}
