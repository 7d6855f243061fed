using System.Net;
using System.Net.Sockets;
using System.Reflection;
using k8s;

namespace MessengerOperator.Runtime.Client;

/// <summary>Connects to the API server: KUBECONFIG when it is set, else the pod's service account, else the default kubeconfig.</summary>
/// <remarks>
/// HTTP/1.1: over HTTP/2 KubernetesClient 21.0.8 stalled for seconds with 32 concurrent calls. A dead peer is noticed by TCP keep-alive within a minute.
/// The service account's token file is read again every minute by the library, so rotation needs nothing here.
/// </remarks>
public static class KubernetesClientFactory
{
    private const string ServiceAccountNamespace = "/var/run/secrets/kubernetes.io/serviceaccount/namespace";

    /// <summary>The configuration, with the settings above.</summary>
    public static KubernetesClientConfiguration LoadConfiguration(string name)
    {
        var kubeconfig = Environment.GetEnvironmentVariable("KUBECONFIG");
        var configuration = string.IsNullOrEmpty(kubeconfig) && KubernetesClientConfiguration.IsInCluster()
            ? KubernetesClientConfiguration.InClusterConfig()
            : KubernetesClientConfiguration.BuildConfigFromConfigFile(string.IsNullOrEmpty(kubeconfig) ? null : kubeconfig);
        return Prepare(configuration, name);
    }

    /// <summary>Applies the settings above to a configuration from elsewhere.</summary>
    public static KubernetesClientConfiguration Prepare(KubernetesClientConfiguration configuration, string name)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        configuration.DisableHttp2 = true;
        configuration.UserAgent = $"{name}/{Assembly.GetEntryAssembly()?.GetName().Version?.ToString(3) ?? "0"} ({Environment.OSVersion.Platform})";
        configuration.HttpClientTimeout = TimeSpan.FromSeconds(30);
        configuration.FirstMessageHandlerSetup = handler =>
        {
            handler.ConnectTimeout = TimeSpan.FromSeconds(10);
            handler.PooledConnectionIdleTimeout = TimeSpan.FromMinutes(2);
            handler.ConnectCallback = ConnectAsync;
        };
        return configuration;
    }

    /// <summary>Where this process lives.</summary>
    public static KubernetesIdentity Identify(KubernetesClientConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return File.Exists(ServiceAccountNamespace)
            ? new(File.ReadAllText(ServiceAccountNamespace).Trim())
            : new(string.IsNullOrEmpty(configuration.Namespace) ? "default" : configuration.Namespace);
    }

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 30);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 10);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 3);
            await socket.ConnectAsync((EndPoint)context.DnsEndPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
