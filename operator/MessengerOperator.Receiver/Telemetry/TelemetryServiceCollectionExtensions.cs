using System.Diagnostics.Metrics;
using MessengerOperator.Receiver.Configuration;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Serilog;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace MessengerOperator.Receiver.Telemetry;

/// <summary>Registers logging, metrics and traces.</summary>
internal static class TelemetryServiceCollectionExtensions
{
    private const string ServiceName = "messenger-receiver";

    // The most that an instrument has: five providers by fifteen results, and some to spare.
    private const int MostLabelValues = 128;

    /// <summary>JSON lines on standard output, meters for the Prometheus endpoint, and spans for a collector where one is named.</summary>
    public static IServiceCollection AddReceiverTelemetry(this IServiceCollection services, ReceiverOptions options)
    {
        services.AddSerilog(logger => logger.WithReceiverLevels(options.LogLevel).WriteTo.Console(new RenderedCompactJsonFormatter()), preserveStaticLogger: true);
        var telemetry = services.AddOpenTelemetry().ConfigureResource(resource => resource.AddService(ServiceName, serviceVersion: ReceiverVersion.Text, autoGenerateServiceInstanceId: false)).WithMetrics(metrics => metrics
            .AddMeter(ReceiverMetrics.MeterName)
            .AddView(StreamOf)
            .AddPrometheusExporter(exporter => exporter.ScopeInfoEnabled = false));
        if (options.TracesEndpoint is { } collector)
        {
            telemetry.WithTracing(traces => traces
                .AddSource(ReceiverTracing.SourceName)
                .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(options.TracesRatio)))
                .AddOtlpExporter(exporter => (exporter.Protocol, exporter.Endpoint) = (OtlpExportProtocol.HttpProtobuf, new Uri($"{collector.AbsoluteUri.TrimEnd('/')}/v1/traces"))));
        }

        return services
            .AddMetrics()
            .AddSingleton<ReceiverMetrics>()
            .AddSingleton<RouteStatisticsRegistry>()
            .AddSingleton<IntakeRecorder>()
            .AddSingleton<DeliveryRecorder>();
    }

    /// <summary>Which categories log at which level.</summary>
    public static LoggerConfiguration WithReceiverLevels(this LoggerConfiguration logger, LogLevel level) => logger
        .MinimumLevel.Is(LevelOf(level))
        .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
        // With this category off no activity is made and no request is logged, whose path may be a secret.
        .MinimumLevel.Override("Microsoft.AspNetCore.Hosting.Diagnostics", LevelAlias.Off);

    /// <summary>How an instrument is collected. A histogram has its bounds; all have room for their own label values only, where the default takes 200 KiB for each instrument.</summary>
    private static MetricStreamConfiguration StreamOf(Instrument instrument) => instrument.Name switch
    {
        ReceiverMetrics.RequestDuration or ReceiverMetrics.SinkDuration or SpoolMetrics.CommitDuration =>
            new ExplicitBucketHistogramConfiguration { Boundaries = ReceiverMetrics.DurationBounds, CardinalityLimit = MostLabelValues },
        SpoolMetrics.DeliveryDuration => new ExplicitBucketHistogramConfiguration { Boundaries = SpoolMetrics.DeliveryBounds, CardinalityLimit = MostLabelValues },
        _ => new MetricStreamConfiguration { CardinalityLimit = MostLabelValues },
    };

    private static LogEventLevel LevelOf(LogLevel level) => level switch
    {
        LogLevel.Trace => LogEventLevel.Verbose,
        LogLevel.Debug => LogEventLevel.Debug,
        LogLevel.Warning => LogEventLevel.Warning,
        LogLevel.Error => LogEventLevel.Error,
        LogLevel.Critical => LogEventLevel.Fatal,
        LogLevel.None => LevelAlias.Off,
        _ => LogEventLevel.Information,
    };
}
