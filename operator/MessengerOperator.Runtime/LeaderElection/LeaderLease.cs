using k8s;
using k8s.LeaderElection;
using k8s.LeaderElection.ResourceLock;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MessengerOperator.Runtime.LeaderElection;

/// <summary>Takes, keeps and gives back the Lease that makes this process the one that works.</summary>
internal sealed class LeaderLease
{
    private static readonly TimeSpan ReleaseTimeout = TimeSpan.FromSeconds(5);

    private readonly LeaderElectionOptions _options;
    private readonly PatientLock _lock;
    private readonly LeaderMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger<LeaderLease> _logger;

    public LeaderLease(
        IKubernetes kubernetes, IOptions<OperatorOptions> options, KubernetesIdentity identity, LeaderMetrics metrics, TimeProvider time, ILogger<LeaderLease> logger)
    {
        _options = options.Value.LeaderElection;
        _metrics = metrics;
        _time = time;
        _logger = logger;
        var lease = new LeaseLock(
            kubernetes, _options.LeaseNamespace ?? identity.Namespace, _options.LeaseName ?? $"{options.Value.Name}-leader", $"{Environment.MachineName}_{Guid.NewGuid():N}");
        _lock = new PatientLock(lease, _options.RenewDeadline / 3, time, exception => LeaderLog.Error(logger, exception.Message));
    }

    /// <summary>This process among the candidates.</summary>
    public string Identity => _lock.Identity;

    /// <summary>
    /// Competes until <paramref name="onStarted"/> was called and leadership was lost again (returns true), or until cancelled (returns false). Cancelling
    /// does not give the Lease back: see <see cref="ReleaseAsync"/>.
    /// </summary>
    public async Task<bool> RunAsync(Action onStarted, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var led = false;
            using var elector = new LeaderElector(new LeaderElectionConfig(_lock)
            {
                LeaseDuration = _options.LeaseDuration,
                RenewDeadline = _options.RenewDeadline,
                RetryPeriod = _options.RetryPeriod,
            });
            elector.OnNewLeader += leader => LeaderLog.Leader(_logger, _lock.Describe(), leader);
            elector.OnError += exception => LeaderLog.Error(_logger, exception.Message);
            elector.OnStartedLeading += () =>
            {
                led = true;
                _metrics.SetLeading(true);
                onStarted();
            };
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            try
            {
                await elector.RunUntilLeadershipLostAsync(stop.Token);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                LeaderLog.Error(_logger, exception.Message);
            }
            catch (OperationCanceledException)
            {
                return false;
            }
            finally
            {
                // A renewal that is still under way must not bring the Lease back.
                await stop.CancelAsync();
                _metrics.SetLeading(false);
            }

            if (led)
            {
                return !cancellationToken.IsCancellationRequested;
            }

            await Task.Delay(_options.RetryPeriod, _time, cancellationToken).ContinueWith(
                static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }

        return false;
    }

    /// <summary>Gives the Lease back, so that the next leader need not wait for it to run out. Never throws.</summary>
    public async Task ReleaseAsync()
    {
        using var timeout = new CancellationTokenSource(ReleaseTimeout, _time);
        try
        {
            var record = await _lock.GetAsync(timeout.Token);
            if (record.HolderIdentity != _lock.Identity)
            {
                return;
            }

            var now = _time.GetUtcNow().UtcDateTime;
            await _lock.UpdateAsync(
                new LeaderElectionRecord
                {
                    HolderIdentity = string.Empty,
                    LeaseDurationSeconds = 1,
                    AcquireTime = now,
                    RenewTime = now,
                    LeaderTransitions = record.LeaderTransitions,
                },
                timeout.Token);
            LeaderLog.Released(_logger, _lock.Describe());
        }
        catch (Exception exception)
        {
            LeaderLog.Error(_logger, exception.Message);
        }
    }
}
