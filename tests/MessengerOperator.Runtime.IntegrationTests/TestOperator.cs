using k8s;
using MessengerOperator.Runtime.Hosting;
using MessengerOperator.Runtime.IntegrationTests.Widgets;
using MessengerOperator.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MessengerOperator.Runtime.IntegrationTests;

/// <summary>An operator in this process, confined to one namespace, with a client of its own whose requests are counted.</summary>
internal sealed class TestOperator : IAsyncDisposable
{
    private readonly IHost _host;

    private TestOperator(IHost host, RequestLog requests)
    {
        _host = host;
        Requests = requests;
    }

    public RequestLog Requests { get; }

    public IServiceProvider Services => _host.Services;

    public WidgetScript Script => Services.GetRequiredService<WidgetScript>();

    public bool HasStopped => Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopped.IsCancellationRequested
        || Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested;

    public static async Task<TestOperator> StartAsync(
        WidgetControlPlane plane, IReadOnlyList<string> namespaces, Action<OperatorOptions>? options = null, Action<OperatorBuilder>? build = null,
        Action<KubernetesClientConfiguration>? connection = null, WidgetScript? script = null)
    {
        var configuration = plane.NewConfiguration("runtime-test");
        connection?.Invoke(configuration);
        var requests = new RequestLog();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddMetrics();
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddConsole();
        builder.Services.AddSingleton(configuration);
        builder.Services.AddSingleton(new Kubernetes(configuration, requests));
        builder.Services.AddSingleton(script ?? new WidgetScript());
        var runtime = builder.Services.AddKubernetesOperator(settings =>
        {
            settings.WithName("runtime-test").WithNamespaces(namespaces).WithLeaderElection(false);
            settings.MinBackoff = TimeSpan.FromMilliseconds(50);
            options?.Invoke(settings);
        });
        if (build is null)
        {
            runtime.AddController<WidgetController, Widget>();
        }
        else
        {
            build(runtime);
        }

        var host = builder.Build();
        await host.StartAsync();
        return new TestOperator(host, requests);
    }

    public Task StopAsync() => _host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        if (_host is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync();
        }
    }
}
