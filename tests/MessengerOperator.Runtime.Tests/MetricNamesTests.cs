using MessengerOperator.Runtime.Controllers;
using MessengerOperator.Runtime.Workqueue;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;

namespace MessengerOperator.Runtime.Tests;

public sealed class MetricNamesTests
{
    [Fact]
    public async Task Prometheus_shows_the_names_that_dashboards_of_controller_runtime_ask_for()
    {
        var token = TestContext.Current.CancellationToken;
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<WorkqueueMetrics>().AddSingleton<ControllerMetrics>();
        builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddMeter(RuntimeMeter.Name).AddPrometheusExporter());
        await using var app = builder.Build();
        app.MapPrometheusScrapingEndpoint();
        await app.StartAsync(token);
        var controllers = app.Services.GetRequiredService<ControllerMetrics>();
        using var queue = new Workqueue<string>(
            "widget", new KeyBackoff<string>(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1), () => 0.5), app.Services.GetRequiredService<WorkqueueMetrics>(), TimeProvider.System);
        controllers.Observe("widget", 8, () => 1);
        controllers.Reconciled("widget", ReconcileResults.Success, TimeSpan.FromMilliseconds(30));
        queue.Add("a");
        await queue.GetAsync(token);
        queue.Done("a");
        queue.AddRateLimited("a");

        using var client = new HttpClient();
        var text = await client.GetStringAsync(new Uri($"{app.Urls.Single()}/metrics"), token);

        Assert.All(
            [
                "controller_runtime_reconcile_total{", "controller_runtime_reconcile_errors_total{", "controller_runtime_reconcile_time_seconds_bucket{", "controller_runtime_active_workers{",
                "controller_runtime_max_concurrent_reconciles{", "workqueue_depth{", "workqueue_adds_total{", "workqueue_queue_duration_seconds_bucket{",
                "workqueue_work_duration_seconds_bucket{", "workqueue_retries_total{", "workqueue_unfinished_work_seconds{", "workqueue_longest_running_processor_seconds{",
            ],
            name => Assert.Contains($"\n{name}", text, StringComparison.Ordinal));
        Assert.Contains("result=\"success\"", text, StringComparison.Ordinal);
        Assert.Contains("le=\"0.005\"", text, StringComparison.Ordinal);
    }
}
