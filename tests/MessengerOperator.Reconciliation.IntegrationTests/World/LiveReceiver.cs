using System.Net;
using k8s;
using k8s.Models;
using MessengerOperator.Receiver;
using MessengerOperator.Receiver.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MessengerOperator.Reconciliation.IntegrationTests.World;

/// <summary>The real receiver in this process, with the arguments and the files that its Deployment gives it.</summary>
internal sealed class LiveReceiver : IAsyncDisposable
{
    private readonly MountedFolder _folder = new();
    private readonly SemaphoreSlim _turn = new(1);
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false });
    private WebApplication? _application;
    private Uri? _address;
    private Uri? _management;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Brings its files up to date with the cluster, as the kubelet does, and lets it see them at once.</summary>
    public async Task MountAsync(Kubernetes client, V1Deployment deployment)
    {
        await _turn.WaitAsync(Cancelled);
        try
        {
            await _folder.MountAsync(client, deployment);
            if (_application is null)
            {
                await StartAsync(deployment.Spec.Template.Spec.Containers[0]);
            }
            else
            {
                _application.Services.GetRequiredService<ConfigurationWatcher>().Reload();
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Asks it; null when it has no such path.</summary>
    public async Task<HttpResponseMessage?> AskAsync(HttpContext context, byte[] body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), new Uri(_address!, context.Request.Path + context.Request.QueryString))
        {
            Content = body.Length > 0 ? new ByteArrayContent(body) : null,
        };
        foreach (var (name, values) in context.Request.Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
            }
        }

        var response = await _http.SendAsync(request, context.RequestAborted);
        if (response.StatusCode != HttpStatusCode.NotFound)
        {
            return response;
        }

        response.Dispose();
        return null;
    }

    /// <summary>What its management port tells; null before it runs.</summary>
    public async Task<string?> StatusAsync() => _management is null ? null : await _http.GetStringAsync(new Uri(_management, "/status"), Cancelled);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_application is not null)
        {
            using var atOnce = new CancellationTokenSource();
            await atOnce.CancelAsync();
            await _application.StopAsync(atOnce.Token);
            await _application.DisposeAsync();
        }

        _turn.Dispose();
        _folder.Dispose();
    }

    private async Task StartAsync(V1Container container)
    {
        var (options, problems) = CommandLine.Parse([.. container.Args.Select(_folder.Place)], new Dictionary<string, string>());
        Assert.Empty(problems);
        (options.ListenAddress, options.TrafficPort, options.ManagementPort, options.LogLevel) = ("127.0.0.1", 0, 0, LogLevel.Warning);
        _application = ReceiverApplication.Build(options, services => services.AddLogging(logging => logging.ClearProviders()));
        Assert.Empty(_application.Services.GetRequiredService<ConfigurationWatcher>().LoadFirst());
        await _application.StartAsync(Cancelled);
        (_address, _management) = (new Uri(_application.Urls.First()), new Uri(_application.Urls.Last()));
    }
}
