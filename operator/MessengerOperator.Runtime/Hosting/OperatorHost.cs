using MessengerOperator.Runtime.Controllers;
using MessengerOperator.Runtime.Informers;
using MessengerOperator.Runtime.LeaderElection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MessengerOperator.Runtime.Hosting;

/// <summary>
/// The life of the operator: informers run from the start; controllers only once the caches are filled and this process leads. Leadership lost: cancel
/// everything and end the process with an error. Shutdown: take no more work, let passes finish, give the Lease back.
/// </summary>
internal sealed class OperatorHost(
    IEnumerable<IInformer> informers, IEnumerable<IControllerRunner> runners, LeaderLease lease, IHostApplicationLifetime lifetime, TimeProvider time,
    IOptions<OperatorOptions> options, ILogger<OperatorHost> logger) : IHostedService, IDisposable
{
    private readonly IReadOnlyList<IInformer> _informers = [.. informers];
    private readonly IReadOnlyList<IControllerRunner> _runners = [.. runners];
    private readonly CancellationTokenSource _watching = new();
    private readonly CancellationTokenSource _competing = new();
    private readonly CancellationTokenSource _working = new();
    private Task _informing = Task.CompletedTask;
    private Task _leading = Task.CompletedTask;
    private Task _controlling = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var runner in _runners)
        {
            runner.Prepare();
        }

        _informing = Task.WhenAll(_informers.Select(informer => informer.RunAsync(_watching.Token)));
        _leading = Task.Run(LeadAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var runner in _runners)
        {
            runner.StopIntake();
        }

        // The Lease is kept until the last pass is over: nobody else may write meanwhile.
        await EndsAsync(_controlling, options.Value.DrainTimeout, cancellationToken);
        await _working.CancelAsync();
        await EndsAsync(_controlling, TimeSpan.FromSeconds(5), CancellationToken.None);
        await _competing.CancelAsync();
        await EndsAsync(_leading, TimeSpan.FromSeconds(5), CancellationToken.None);
        if (options.Value.LeaderElection.Enabled)
        {
            await lease.ReleaseAsync();
        }

        await _watching.CancelAsync();
        await EndsAsync(_informing, TimeSpan.FromSeconds(5), CancellationToken.None);
    }

    public void Dispose()
    {
        _watching.Dispose();
        _competing.Dispose();
        _working.Dispose();
    }

    private async Task LeadAsync()
    {
        try
        {
            await Task.WhenAll(_informers.Select(informer => informer.WaitForSyncAsync(_competing.Token)));
            HostLog.Synced(logger, _informers.Count);
            if (!options.Value.LeaderElection.Enabled)
            {
                Work();
                return;
            }

            if (await lease.RunAsync(Work, _competing.Token))
            {
                LeaderLog.Lost(logger);
                await EndProcessAsync();
            }
        }
        catch (OperationCanceledException) when (_competing.IsCancellationRequested)
        {
            // Shutdown before there was anything to lead.
        }
        catch (Exception exception)
        {
            HostLog.Failed(logger, exception);
            await EndProcessAsync();
        }
    }

    private void Work()
    {
        HostLog.Working(logger, _runners.Count);
        _controlling = Task.Run(async () =>
        {
            try
            {
                await Task.WhenAll(_runners.Select(runner => runner.RunAsync(_working.Token)));
            }
            catch (Exception exception)
            {
                HostLog.Failed(logger, exception);
                await EndProcessAsync();
            }
        });
    }

    private async Task EndProcessAsync()
    {
        foreach (var runner in _runners)
        {
            runner.StopIntake();
        }

        await _working.CancelAsync();
        Environment.ExitCode = 1;
        lifetime.StopApplication();
    }

    private async Task EndsAsync(Task task, TimeSpan within, CancellationToken cancellationToken)
    {
        try
        {
            await task.WaitAsync(within, time, cancellationToken);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            // It is cancelled next, or the process ends anyway.
        }
    }
}
