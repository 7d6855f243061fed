using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace MessengerOperator.Controller;

/// <summary>What Kubernetes and Prometheus ask.</summary>
internal static class ManagementEndpoints
{
    /// <summary><c>/healthz</c>: no pass hangs. <c>/readyz</c>: caches are filled and the API server was heard of lately. <c>/metrics</c>.</summary>
    public static void MapManagement(this WebApplication app)
    {
        app.MapHealthChecks("/healthz", new HealthCheckOptions { Predicate = check => check.Tags.Contains("live") });
        app.MapHealthChecks("/readyz", new HealthCheckOptions { Predicate = check => check.Tags.Contains("ready") });
        app.MapPrometheusScrapingEndpoint("/metrics");
    }
}
