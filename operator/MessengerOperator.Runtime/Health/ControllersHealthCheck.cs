using MessengerOperator.Runtime.Controllers;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace MessengerOperator.Runtime.Health;

/// <summary>Liveness: no pass hangs on although it was cancelled long ago. The API server plays no part: a restart would not bring it back.</summary>
public sealed class ControllersHealthCheck : IHealthCheck
{
    private readonly IEnumerable<IControllerRunner> _runners;
    private readonly TimeSpan _limit;

    internal ControllersHealthCheck(IEnumerable<IControllerRunner> runners, IOptions<OperatorOptions> options)
    {
        _runners = runners;
        _limit = options.Value.ReconcileTimeout * 2;
    }

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var hanging = _runners.Where(runner => runner.LongestRunning > _limit).Select(runner => runner.Name).ToList();
        return Task.FromResult(hanging.Count > 0
            ? HealthCheckResult.Unhealthy($"A pass runs for more than {_limit}: {string.Join(", ", hanging)}.")
            : HealthCheckResult.Healthy());
    }
}
