using System.Diagnostics.Metrics;
using k8s;
using MessengerOperator.Providers;
using MessengerOperator.Providers.Http;
using MessengerOperator.Reconciliation.MessengerIntegrations;
using MessengerOperator.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MessengerOperator.Reconciliation.IntegrationTests.World;

/// <summary>The operator, put together as its Program does it, in this process and confined to the namespaces of one test.</summary>
internal sealed class OperatorUnderTest : IAsyncDisposable
{
    private readonly IHost _host;

    private OperatorUnderTest(IHost host, RequestLog requests, LogRecorder logs)
    {
        _host = host;
        Requests = requests;
        Logs = logs;
        Meters = new MeterReader(host.Services.GetRequiredService<IMeterFactory>());
    }

    /// <summary>What it asked of the API server.</summary>
    public RequestLog Requests { get; }

    /// <summary>What it logged.</summary>
    public LogRecorder Logs { get; }

    /// <summary>What it measures.</summary>
    public MeterReader Meters { get; }

    /// <summary>How many passes have ended.</summary>
    public double Passes => Meters.Sum("controller_runtime_reconcile");

    /// <summary>Starts it; when this returns, its informers are on their way.</summary>
    public static async Task<OperatorUnderTest> StartAsync(ControlPlane plane, IReadOnlyList<string> namespaces, Uri provider, WorldOptions options)
    {
        var configuration = options.IsConfined ? await ConfinedAccount.CreateAsync(plane, namespaces) : plane.NewConfiguration("messenger-operator");
        var (requests, logs) = (new RequestLog(), new LogRecorder());
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(logs);
        builder.Services.AddMetrics().AddSingleton(configuration).AddSingleton(new Kubernetes(configuration, requests)).AddHealthChecks();
        builder.Services.AddProviders().AddProviderHttp(http =>
        {
            foreach (var name in options.BaseAddresses)
            {
                http.BaseAddresses[name] = provider;
            }

            http.TimeoutSeconds = 10;

            // So wide that only the operator's own moderation keeps the number of calls down, and a hot loop shows.
            (http.AccountBurst, http.AccountCallsPerMinute, http.ProviderCallsPerSecond) = (1000, 600, 1000);
            options.Providers(http);
        });
        builder.Services
            .AddKubernetesOperator(settings =>
            {
                settings.WithName("messenger-operator").WithNamespaces(namespaces).WithLeaderElection(false);
                (settings.MinBackoff, settings.MaxBackoff, settings.DrainTimeout) = (TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5));
                options.Operator(settings);
            })
            .AddHealthChecks()
            .AddMessengerIntegrations(integrations =>
            {
                integrations.Sink = new DefaultSinkOptions { Http = new DefaultHttpSinkOptions { Url = options.Sink } };

                // Nobody mounts anything here, so there is nothing to wait for.
                integrations.ReceiverSyncSeconds = 0;
                options.Integrations(integrations);
            });

        var host = builder.Build();
        var started = new OperatorUnderTest(host, requests, logs);
        await host.StartAsync(TestContext.Current.CancellationToken);
        return started;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        Meters.Dispose();
        await ((IAsyncDisposable)_host).DisposeAsync();
    }
}
