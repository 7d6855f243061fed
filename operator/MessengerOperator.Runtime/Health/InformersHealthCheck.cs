using MessengerOperator.Runtime.Informers;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace MessengerOperator.Runtime.Health;

/// <summary>Readiness: every cache is filled, and the API server was heard of lately for each.</summary>
public sealed class InformersHealthCheck : IHealthCheck
{
    private readonly IEnumerable<IInformer> _informers;
    private readonly OperatorOptions _options;

    /// <summary>Takes what it looks at.</summary>
    public InformersHealthCheck(IEnumerable<IInformer> informers, IOptions<OperatorOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _informers = informers;
        _options = options.Value;
    }

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var unsynced = _informers.Where(informer => !informer.HasSynced).Select(informer => informer.Name).ToList();
        if (unsynced.Count > 0)
        {
            return Task.FromResult(HealthCheckResult.Unhealthy($"Not yet listed: {string.Join(", ", unsynced)}."));
        }

        var stale = _informers.Where(informer => informer.SinceContact > _options.StaleAfter).Select(informer => informer.Name).ToList();
        return Task.FromResult(stale.Count > 0
            ? HealthCheckResult.Unhealthy($"Nothing heard of for more than {_options.StaleAfter}: {string.Join(", ", stale)}.")
            : HealthCheckResult.Healthy());
    }
}
