using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace MessengerOperator.ProviderSimulator.Delivery;

/// <summary>The kept-alive HTTP/1.1 connections to one registered webhook. Redirects are not followed.</summary>
internal sealed class WebhookConnection : IDisposable
{
    private const int MaxAnswerBytes = 64 * 1024;
    private static readonly Dictionary<string, string> NoHeaders = [];

    private readonly SimulationTime _time;
    private readonly TimeSpan? _timeout;
    private readonly HttpMessageInvoker _http;

    public WebhookConnection(WebhookEndpoint endpoint, SimulatorState state)
    {
        Endpoint = endpoint;
        _time = state.Time;
        _timeout = state.Options.AnswerTimeout;
        Tls = new SslClientAuthenticationOptions
        {
            TargetHost = endpoint.Url.IdnHost,
            RemoteCertificateValidationCallback = state.Roots.With(endpoint.Certificate).Validate,
        };
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
            UseCookies = false,
            UseProxy = false,
            // The provider sends no trace headers.
            ActivityHeadersPropagator = null,
            MaxConnectionsPerServer = endpoint.MaxConnections,
            ConnectCallback = async (_, cancellationToken) => await ConnectAsync(endpoint.ConnectTo, cancellationToken),
            SslOptions = Tls,
        });
    }

    /// <summary>How TLS to this webhook is set up, for senders that need the bare stream.</summary>
    public SslClientAuthenticationOptions Tls { get; }

    public WebhookEndpoint Endpoint { get; }

    /// <summary>Resolves the URL's host and prepares connections to it; null when the name does not resolve. Nothing is connected yet.</summary>
    public static async Task<WebhookConnection?> OpenAsync(SimulatorState state, Uri url, int maxConnections, CancellationToken cancellationToken)
    {
        var resolution = await state.Names.ResolveAsync(url.IdnHost, cancellationToken);
        return resolution.Address is null
            ? null
            : new WebhookConnection(new WebhookEndpoint { Url = url, ConnectTo = resolution.EndPointFor(url.Port), MaxConnections = maxConnections }, state);
    }

    /// <summary>Sends once. Does not throw, except on cancellation; what went wrong is in the attempt.</summary>
    public async Task<WebhookAnswer> SendAsync(WebhookRequest request, CancellationToken cancellationToken, SecretHeader secret = SecretHeader.Registered)
    {
        var started = _time.Now;
        var watch = Stopwatch.StartNew();
        using var deadline = new CancellationTokenSource(TimeoutOf(request), TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        using var message = NewMessage(request);
        try
        {
            using var response = await _http.SendAsync(message, either.Token);
            var answer = await ReadAsync(response.Content, either.Token);
            var status = (int)response.StatusCode;
            var error = response.IsSuccessStatusCode ? null : DeliveryErrors.WrongResponse(status, response.ReasonPhrase);
            var attempt = new DeliveryAttempt(started, status, error, secret, watch.Elapsed.TotalMilliseconds, RetryAfter(response));
            return new WebhookAnswer(attempt, response.Content.Headers.ContentType?.MediaType, answer, HeadersOf(response));
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return Failed(DeliveryErrors.TimedOut);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or ObjectDisposedException)
        {
            return Failed(DeliveryErrors.Describe(failure));
        }

        WebhookAnswer Failed((DeliveryFailure Failure, string Words) why)
        {
            var attempt = new DeliveryAttempt(started, null, why.Words, secret, watch.Elapsed.TotalMilliseconds, null) { Failure = why.Failure };
            return new WebhookAnswer(attempt, null, string.Empty, NoHeaders);
        }
    }

    /// <summary>Sends once with the header lines exactly as given, which HTTP clients do not allow: doubled, or with blanks at the end.</summary>
    public Task<DeliveryAttempt> SendRawAsync(WebhookRequest request, SecretHeader secret, CancellationToken cancellationToken) =>
        RawRequest.SendAsync(this, request with { Timeout = TimeoutOf(request) }, secret, _time, cancellationToken);

    public static async Task<NetworkStream> ConnectAsync(IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(endPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public void Dispose() => _http.Dispose();

    private TimeSpan TimeoutOf(WebhookRequest request) => _timeout ?? request.Timeout;

    private HttpRequestMessage NewMessage(WebhookRequest request)
    {
        var message = new HttpRequestMessage(request.Method, request.Url ?? Endpoint.Url)
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = request.Body is null ? null : new ByteArrayContent(request.Body),
        };
        message.Headers.Connection.Add("keep-alive");
        foreach (var (name, value, _) in request.Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value))
            {
                message.Content?.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return message;
    }

    private static Dictionary<string, string> HeadersOf(HttpResponseMessage response) => response.Headers
        .Concat(response.Content.Headers)
        .ToDictionary(header => header.Key, header => string.Join(',', header.Value), StringComparer.OrdinalIgnoreCase);

    private static async Task<string> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[MaxAnswerBytes];
        var read = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return System.Text.Encoding.UTF8.GetString(buffer, 0, read);
    }

    private static long? RetryAfter(HttpResponseMessage response) =>
        response.Headers.TryGetValues("Retry-After", out var values) && long.TryParse(values.FirstOrDefault(), out var seconds)
            ? seconds
            : null;
}
