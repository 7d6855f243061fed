using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using MessengerOperator.ProviderSimulator.Network;

namespace MessengerOperator.ProviderSimulator.Delivery;

/// <summary>The kept-alive HTTP/1.1 connections to one registered webhook. Redirects are not followed.</summary>
internal sealed class WebhookConnection : IDisposable
{
    private const int MaxAnswerBytes = 64 * 1024;

    private readonly WebhookEndpoint _endpoint;
    private readonly SimulationTime _time;
    private readonly TimeSpan _answerTimeout;
    private readonly HttpMessageInvoker _http;

    public WebhookConnection(WebhookEndpoint endpoint, TrustedRoots roots, SimulationTime time, TimeSpan answerTimeout)
    {
        _endpoint = endpoint;
        _time = time;
        _answerTimeout = answerTimeout;
        Tls = new SslClientAuthenticationOptions
        {
            TargetHost = endpoint.Url.IdnHost,
            RemoteCertificateValidationCallback = roots.With(endpoint.Certificate).Validate,
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

    public WebhookEndpoint Endpoint => _endpoint;

    /// <summary>Posts once. <paramref name="headers"/> go out besides Host, Content-Length, Connection and Accept-Encoding.</summary>
    public async Task<WebhookAnswer> PostAsync(
        byte[] body,
        IReadOnlyDictionary<string, string> headers,
        SecretHeader secret,
        CancellationToken cancellationToken)
    {
        var started = _time.Now;
        var watch = Stopwatch.StartNew();
        using var deadline = new CancellationTokenSource(_answerTimeout, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        using var request = NewRequest(body, headers);
        try
        {
            using var response = await _http.SendAsync(request, either.Token);
            var answer = await ReadAsync(response.Content, either.Token);
            var status = (int)response.StatusCode;
            var error = response.IsSuccessStatusCode ? null : DeliveryErrors.WrongResponse(status, response.ReasonPhrase);
            var attempt = new DeliveryAttempt(started, status, error, secret, watch.Elapsed.TotalMilliseconds, RetryAfter(response));
            return new WebhookAnswer(attempt, response.Content.Headers.ContentType?.MediaType, answer);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return Failed(DeliveryErrors.ReadTimeout);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or ObjectDisposedException)
        {
            return Failed(DeliveryErrors.Describe(failure));
        }

        WebhookAnswer Failed(string error) =>
            new(new DeliveryAttempt(started, null, error, secret, watch.Elapsed.TotalMilliseconds, null), null, string.Empty);
    }

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

    private HttpRequestMessage NewRequest(byte[] body, IReadOnlyDictionary<string, string> headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, _endpoint.Url)
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(body),
        };
        // The provider leaves the port out of Host, whatever it is.
        request.Headers.Host = _endpoint.Url.IdnHost;
        request.Headers.Connection.Add("keep-alive");
        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return request;
    }

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
