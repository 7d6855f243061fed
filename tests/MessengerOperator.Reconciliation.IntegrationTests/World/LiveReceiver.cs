using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using MessengerOperator.Receiver;
using MessengerOperator.Receiver.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MessengerOperator.Reconciliation.IntegrationTests.World;

/// <summary>The real receiver in this process, with the files that the Deployment would mount.</summary>
internal sealed class LiveReceiver : IAsyncDisposable
{
    private const string MountRoot = "/etc/messenger-receiver";

    private readonly string _folder = Directory.CreateTempSubdirectory("receiver-").FullName;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false });
    private WebApplication? _application;
    private Uri? _address;
    private IReadOnlyList<string> _paths = [];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Whether one of its routes begins that path.</summary>
    public bool Serves(PathString path) => _paths.Any(served => path.StartsWithSegments(served, StringComparison.Ordinal));

    /// <summary>Brings its files up to date with the cluster, as the kubelet does.</summary>
    public async Task MountAsync(Kubernetes client, V1Deployment deployment)
    {
        await _turn.WaitAsync(Cancelled);
        try
        {
            var template = deployment.Spec.Template.Spec;
            foreach (var mount in template.Containers[0].VolumeMounts)
            {
                var volume = template.Volumes.Single(volume => volume.Name == mount.Name);
                await WriteAsync(client, deployment.Namespace(), volume, Place(mount.MountPath));
            }

            await LoadAsync();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Lets it answer a request.</summary>
    public async Task ForwardAsync(HttpContext context)
    {
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), new Uri(_address!, context.Request.Path + context.Request.QueryString))
        {
            Content = context.Request.ContentLength > 0 || context.Request.Headers.TransferEncoding.Count > 0 ? new StreamContent(context.Request.Body) : null,
        };
        foreach (var (name, values) in context.Request.Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
            }
        }

        using var response = await _http.SendAsync(request, context.RequestAborted);
        context.Response.StatusCode = (int)response.StatusCode;
        foreach (var (name, values) in response.Headers.Concat(response.Content.Headers).Where(header => header.Key != "Transfer-Encoding"))
        {
            context.Response.Headers[name] = values.ToArray();
        }

        await response.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

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
        Directory.Delete(_folder, recursive: true);
    }

    private string Place(string mountPath) => mountPath.Replace(MountRoot, _folder, StringComparison.Ordinal);

    /// <summary>Starts it, or lets it look at its files at once rather than within two seconds.</summary>
    private async Task LoadAsync()
    {
        if (_application is null)
        {
            var options = new ReceiverOptions
            {
                ConfigPath = Place($"{MountRoot}/config/receiver.json"),
                ListenAddress = "127.0.0.1",
                TrafficPort = 0,
                ManagementPort = 0,
                LogLevel = LogLevel.Warning,
            };
            _application = ReceiverApplication.Build(options, services => services.AddLogging(logging => logging.ClearProviders()));
            Assert.Empty(_application.Services.GetRequiredService<ConfigurationWatcher>().LoadFirst());
            await _application.StartAsync(Cancelled);
            _address = new Uri(_application.Urls.First());
        }
        else
        {
            _application.Services.GetRequiredService<ConfigurationWatcher>().Reload();
        }
    }

    private async Task WriteAsync(Kubernetes client, string ns, V1Volume volume, string folder)
    {
        Directory.CreateDirectory(folder);
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        if (volume.ConfigMap is { } map)
        {
            foreach (var (name, text) in (await client.CoreV1.ReadNamespacedConfigMapAsync(map.Name, ns, cancellationToken: Cancelled)).Data)
            {
                files[name] = System.Text.Encoding.UTF8.GetBytes(Place(text));
            }
        }

        foreach (var (secret, items) in Secrets(volume))
        {
            var data = (await client.CoreV1.ReadNamespacedSecretAsync(secret, ns, cancellationToken: Cancelled)).Data ?? new Dictionary<string, byte[]>();
            foreach (var (key, value) in data)
            {
                // Without a list every key is a file.
                if (items is null)
                {
                    files[key] = value;
                }

                foreach (var item in items?.Where(item => item.Key == key) ?? [])
                {
                    files[item.Path] = value;
                }
            }
        }

        foreach (var gone in Directory.GetFiles(folder).Where(file => !files.ContainsKey(Path.GetFileName(file))))
        {
            File.Delete(gone);
        }

        foreach (var (name, content) in files)
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, name), content, Cancelled);
        }

        if (files.TryGetValue("receiver.json", out var document))
        {
            _paths = [.. JsonNode.Parse(document)!["routes"]!.AsArray().Select(route => (string)route!["path"]!)];
        }
    }

    private static IEnumerable<(string Name, IList<V1KeyToPath>? Items)> Secrets(V1Volume volume) =>
    [
        .. volume.Secret is { } secret ? [(secret.SecretName, secret.Items)] : Array.Empty<(string, IList<V1KeyToPath>?)>(),
        .. (volume.Projected?.Sources ?? []).Where(source => source.Secret is not null).Select(source => (source.Secret.Name, (IList<V1KeyToPath>?)source.Secret.Items)),
    ];
}
