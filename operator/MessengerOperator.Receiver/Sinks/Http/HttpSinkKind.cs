using MessengerOperator.Providers.Webhooks;
using MessengerOperator.Receiver.Configuration;
using MessengerOperator.Receiver.Telemetry;

namespace MessengerOperator.Receiver.Sinks.Http;

/// <summary>Sinks over HTTP. Those at one host with one trust share their connections.</summary>
internal sealed class HttpSinkKind(SinkPool pool, ReceiverOptions options, ReceiverMetrics metrics, TimeProvider time) : ISinkKind
{
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    public string Name => "http";

    public bool IsIn(ReceiverSink sink) => sink.Http is not null;

    public IEnumerable<string> Check(ReceiverSink sink)
    {
        var http = sink.Http!;
        if (http.Url is not { IsAbsoluteUri: true } url || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps) || url.UserInfo.Length > 0)
        {
            yield return ".url: must be an absolute http or https address without a user";
        }

        if (http.ClientCertificateFile is null != http.ClientKeyFile is null)
        {
            yield return ": clientCertificateFile and clientKeyFile belong together";
        }

        foreach (var header in http.Headers.Keys.Concat(http.HeaderFiles.Keys).Where(header => !SinkHeaderNames.IsAllowed(header)))
        {
            yield return $": '{header}' is not a header that may be set";
        }
    }

    public IEnumerable<string> Files(ReceiverSink sink) =>
        sink.Http!.HeaderFiles.Values.Concat(
            new[] { sink.Http.BearerTokenFile, sink.Http.CaBundleFile, sink.Http.ClientCertificateFile, sink.Http.ClientKeyFile }.OfType<string>());

    public IEventSink? Open(ReceiverSink sink, SinkFiles files)
    {
        var http = sink.Http!;
        var headers = Headers(http, files);
        var tls = files.Tls(http.CaBundleFile, http.ClientCertificateFile, http.ClientKeyFile);
        if (tls is null || files.HasProblems)
        {
            return null;
        }

        // No secret is in it, so it needs no hash: OpenSSL, which makes one, is 5 MiB that an idle receiver does without.
        var key = $"{Name} {http.Url.GetLeftPart(UriPartial.Authority)} {tls.Fingerprint} {http.DenyPrivateAddresses}";
        return new HttpEventSink(http.Url, headers, http.Structured, pool.Share(key, () => Connect(tls, http.DenyPrivateAddresses)), time);
    }

    private static List<KeyValuePair<string, string>> Headers(ReceiverHttpSink http, SinkFiles files)
    {
        var headers = http.Headers.ToList();
        foreach (var (name, file) in http.HeaderFiles)
        {
            if (files.Required(file, $"header {name}") is { } value)
            {
                headers.Add(new(name, value));
            }
        }

        if (http.BearerTokenFile is { } tokenFile && files.Required(tokenFile, "bearer token") is { } token)
        {
            headers.Add(new("Authorization", $"Bearer {token}"));
        }

        if (headers.Any(header => header.Value.AsSpan().ContainsAnyExceptInRange(' ', '~')))
        {
            files.Report("headers: a value has characters that a header cannot carry");
        }

        return headers;
    }

    private HttpConnection Connect(SinkTls tls, bool denyPrivateAddresses)
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
        if (tls is not { Trust: null, Identity: null })
        {
            handler.SslOptions = tls.Options();
        }

        if (denyPrivateAddresses)
        {
            handler.ConnectCallback = PublicConnection.ConnectAsync;
        }

        return new(new(handler), new(options, metrics, time));
    }
}
