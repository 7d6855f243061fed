using System.Diagnostics;
using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace MessengerOperator.ProviderSimulator.Delivery;

/// <summary>Sends header lines exactly as given.</summary>
internal static class RawRequest
{
    public static async Task<DeliveryAttempt> SendAsync(
        WebhookConnection webhook,
        WebhookRequest request,
        SecretHeader secret,
        SimulationTime time,
        CancellationToken cancellationToken)
    {
        var started = time.Now;
        var watch = Stopwatch.StartNew();
        using var deadline = new CancellationTokenSource(request.Timeout, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            var statusLine = await ExchangeAsync(webhook, request, either.Token);
            var parts = statusLine.Split(' ', 3);
            return parts.Length < 2 || !int.TryParse(parts[1], CultureInfo.InvariantCulture, out var status)
                ? Failed(DeliveryErrors.Closed)
                : Attempt(status, status is >= 200 and <= 299 ? null : DeliveryErrors.WrongResponse(status, parts.ElementAtOrDefault(2)));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Failed(DeliveryErrors.TimedOut);
        }
        catch (Exception failure) when (failure is IOException or AuthenticationException or SocketException)
        {
            return Failed(DeliveryErrors.Describe(failure));
        }

        DeliveryAttempt Attempt(int? status, string? error) => new(started, status, error, secret, watch.Elapsed.TotalMilliseconds, null);

        DeliveryAttempt Failed((DeliveryFailure Failure, string Words) why) => Attempt(null, why.Words) with { Failure = why.Failure };
    }

    private static async Task<string> ExchangeAsync(WebhookConnection webhook, WebhookRequest request, CancellationToken cancellationToken)
    {
        var url = request.Url ?? webhook.Endpoint.Url;
        Stream stream = await WebhookConnection.ConnectAsync(webhook.Endpoint.ConnectTo, cancellationToken);
        await using var _ = stream;
        if (url.Scheme == Uri.UriSchemeHttps)
        {
            var tls = new SslStream(stream);
            stream = tls;
            await tls.AuthenticateAsClientAsync(webhook.Tls, cancellationToken);
        }

        await using var __ = stream;
        await stream.WriteAsync(Encoding.Latin1.GetBytes(Head(request, url)), cancellationToken);
        await stream.WriteAsync(request.Body ?? [], cancellationToken);
        await stream.FlushAsync(cancellationToken);
        using var reader = new StreamReader(stream, Encoding.Latin1, leaveOpen: true);
        return await reader.ReadLineAsync(cancellationToken) ?? string.Empty;
    }

    private static string Head(WebhookRequest request, Uri url)
    {
        var head = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{request.Method} {url.PathAndQuery} HTTP/1.1\r\n");
        if (!request.Headers.Any(header => string.Equals(header.Name, "Host", StringComparison.OrdinalIgnoreCase)))
        {
            head.Append(CultureInfo.InvariantCulture, $"Host: {(url.IsDefaultPort ? url.IdnHost : $"{url.IdnHost}:{url.Port}")}\r\n");
        }

        foreach (var (name, value, _) in request.Headers)
        {
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }

        if (request.Body is { } body)
        {
            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n");
        }

        return head.Append("Accept-Encoding: gzip, deflate\r\nConnection: close\r\n\r\n").ToString();
    }
}
