using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading.RateLimiting;
using MessengerOperator.Receiver.Configuration;
using MessengerOperator.Receiver.Telemetry;

namespace MessengerOperator.Receiver.Sinks;

/// <summary>Opens sinks; those at one host with one trust share their connections, also across reloads.</summary>
internal sealed class SinkPool(ReceiverOptions options, ReceiverMetrics metrics, TimeProvider time)
{
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, (SinkConnection Connection, int Generation)> _connections = new(StringComparer.Ordinal);
    private int _generation;

    /// <summary>Begins a reading of the configuration; connections that it does not ask for are dropped at its end.</summary>
    public int BeginGeneration() => ++_generation;

    /// <summary>Drops what the generation did not ask for. Requests under way still end; the idle connections time out by themselves.</summary>
    public void EndGeneration(int generation)
    {
        foreach (var (key, entry) in _connections)
        {
            if (entry.Generation != generation)
            {
                _connections.Remove(key);
            }
        }
    }

    /// <summary>A sink at <paramref name="url"/>.</summary>
    /// <param name="generation">What <see cref="BeginGeneration"/> gave.</param>
    /// <param name="url">Address that events are posted to.</param>
    /// <param name="headers">Extra request headers.</param>
    /// <param name="caBundle">PEM certificates that the sink's must chain to; null for the system's.</param>
    /// <param name="denyPrivateAddresses">Whether connections are made to public addresses only.</param>
    /// <exception cref="CryptographicException">The bundle has no readable certificate.</exception>
    public HttpEventSink Open(int generation, Uri url, IReadOnlyList<KeyValuePair<string, string>> headers, byte[]? caBundle, bool denyPrivateAddresses)
    {
        var key = $"{url.GetLeftPart(UriPartial.Authority)} {(caBundle is null ? "system" : Convert.ToHexStringLower(SHA256.HashData(caBundle)))} {denyPrivateAddresses}";
        var connection = _connections.TryGetValue(key, out var entry) ? entry.Connection : Connect(caBundle, denyPrivateAddresses);
        _connections[key] = (connection, generation);
        return new(url, headers, connection, options, metrics, time);
    }

    private SinkConnection Connect(byte[]? caBundle, bool denyPrivateAddresses)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ActivityHeadersPropagator = null,
            MaxConnectionsPerServer = options.SinkConcurrency,
            // Follows changes of the sink's address.
            PooledConnectionLifetime = ConnectionLifetime,
            ConnectTimeout = options.SinkTimeout,
        };
        if (denyPrivateAddresses)
        {
            handler.ConnectCallback = PublicConnection.ConnectAsync;
        }

        if (caBundle is not null)
        {
            handler.SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = Trust(caBundle) };
        }

        return new(new(handler), new(new() { PermitLimit = options.SinkConcurrency, QueueLimit = options.SinkQueue, QueueProcessingOrder = QueueProcessingOrder.OldestFirst }));
    }

    private static X509ChainPolicy Trust(byte[] bundle)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPem(Encoding.UTF8.GetString(bundle));
        return policy.CustomTrustStore.Count > 0 ? policy : throw new CryptographicException("The bundle has no certificate.");
    }
}
