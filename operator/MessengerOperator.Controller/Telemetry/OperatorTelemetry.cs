using OpenTelemetry.Metrics;
using Serilog;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace MessengerOperator.Controller.Telemetry;

/// <summary>Logs and metrics of the operator.</summary>
internal static class OperatorTelemetry
{
    /// <summary>One JSON line an entry, at <c>Logging:Level</c> (Information); plain text for people with <c>Logging:Format</c> Text.</summary>
    public static void AddOperatorLogging(this WebApplicationBuilder builder)
    {
        var level = Enum.TryParse<LogEventLevel>(builder.Configuration["Logging:Level"], ignoreCase: true, out var parsed) ? parsed : LogEventLevel.Information;
        var logging = new LoggerConfiguration()
            .MinimumLevel.Is(level)
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("Microsoft.Hosting.Lifetime", LogEventLevel.Information)
            // HttpClient's own lines hold addresses, and Telegram's hold the token. They are removed where clients are made; this is the second lock.
            .MinimumLevel.Override("System.Net.Http", LogEventLevel.Fatal)
            .Enrich.FromLogContext();
        logging = builder.Configuration["Logging:Format"] == "Text"
            ? logging.WriteTo.Console(formatProvider: System.Globalization.CultureInfo.InvariantCulture)
            : logging.WriteTo.Console(new RenderedCompactJsonFormatter());
        builder.Services.AddSerilog(logging.CreateLogger(), dispose: true);
    }

    /// <summary>Prometheus metrics.</summary>
    public static void AddOperatorTelemetry(this WebApplicationBuilder builder) => builder.Services
        .AddOpenTelemetry()
        .WithMetrics(metrics => metrics
            .AddMeter("MessengerOperator.*")
            .AddMeter("System.Runtime")
            .AddPrometheusExporter());
}
