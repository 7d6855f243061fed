using System.Diagnostics;
using System.Globalization;
using System.Net.Security;
using System.Security.Authentication;
using System.Text;

namespace MessengerOperator.ProviderSimulator.Delivery;

/// <summary>Posts with header lines exactly as given, which HTTP clients do not allow: doubled, or with blanks at the end.</summary>
internal static class RawPost
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    public static async Task<DeliveryAttempt> SendAsync(
        WebhookConnection webhook,
        byte[] body,
        IReadOnlyList<string> headerLines,
        SecretHeader secret,
        SimulationTime time,
        CancellationToken cancellationToken)
    {
        var started = time.Now;
        var watch = Stopwatch.StartNew();
        using var deadline = new CancellationTokenSource(Deadline, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            var statusLine = await ExchangeAsync(webhook, body, headerLines, either.Token);
            var parts = statusLine.Split(' ', 3);
            if (parts.Length < 2 || !int.TryParse(parts[1], CultureInfo.InvariantCulture, out var status))
            {
                return Attempt(null, DeliveryErrors.ConnectionClosed);
            }

            return Attempt(status, status is >= 200 and <= 299 ? null : DeliveryErrors.WrongResponse(status, parts.ElementAtOrDefault(2)));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Attempt(null, DeliveryErrors.ReadTimeout);
        }
        catch (Exception failure) when (failure is IOException or AuthenticationException or System.Net.Sockets.SocketException)
        {
            return Attempt(null, DeliveryErrors.Describe(failure));
        }

        DeliveryAttempt Attempt(int? status, string? error) => new(started, status, error, secret, watch.Elapsed.TotalMilliseconds, null);
    }

    private static async Task<string> ExchangeAsync(
        WebhookConnection webhook,
        byte[] body,
        IReadOnlyList<string> headerLines,
        CancellationToken cancellationToken)
    {
        var url = webhook.Endpoint.Url;
        Stream stream = await WebhookConnection.ConnectAsync(webhook.Endpoint.ConnectTo, cancellationToken);
        await using var _ = stream;
        if (url.Scheme == Uri.UriSchemeHttps)
        {
            var tls = new SslStream(stream);
            stream = tls;
            await tls.AuthenticateAsClientAsync(webhook.Tls, cancellationToken);
        }

        await using var __ = stream;
        var head = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"POST {url.PathAndQuery} HTTP/1.1\r\nHost: {url.IdnHost}\r\n")
            .AppendJoin(string.Empty, headerLines.Select(line => line + "\r\n"))
            .Append(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\nAccept-Encoding: gzip, deflate\r\nConnection: close\r\n\r\n");
        await stream.WriteAsync(Encoding.Latin1.GetBytes(head.ToString()), cancellationToken);
        await stream.WriteAsync(body, cancellationToken);
        await stream.FlushAsync(cancellationToken);
        using var reader = new StreamReader(stream, Encoding.Latin1, leaveOpen: true);
        return await reader.ReadLineAsync(cancellationToken) ?? string.Empty;
    }
}
