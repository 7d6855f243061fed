using System.Collections.Concurrent;
using System.Net;
using MessengerOperator.ProviderSimulator.Delivery;

namespace MessengerOperator.ProviderSimulator.Nexmo;

/// <summary>The ways to the URLs that an account has registered, or once had.</summary>
internal sealed class NexmoConnections(SimulatorState state) : IDisposable
{
    private const int AtOnce = 30;
    private static readonly IPEndPoint Nowhere = new(IPAddress.Loopback, 9);
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<string, WebhookConnection> _open = new(StringComparer.Ordinal);

    /// <summary>Vonage takes http as well, and any port.</summary>
    public static bool IsUrl(string url) => Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed.Scheme is "http" or "https" && url.Length <= 2048;

    /// <summary>Opens the way to a URL, resolving its host once. To one that does not resolve nothing ever gets through.</summary>
    public async Task<WebhookConnection> OpenAsync(string url, CancellationToken cancellationToken)
    {
        if (_open.TryGetValue(url, out var known))
        {
            return known;
        }

        var parsed = new Uri(url);
        return _open.GetOrAdd(url, await WebhookConnection.OpenAsync(state, parsed, AtOnce, cancellationToken) ?? ToNowhere(parsed));
    }

    /// <summary>The way to a URL that was opened before; to any other nothing gets through.</summary>
    public WebhookConnection To(string url) => _open.GetOrAdd(url, unknown => ToNowhere(new Uri(unknown)));

    /// <summary>Calls a URL before it is taken: a plain GET that must be answered with 200. Empty ones are not called.</summary>
    public async Task<bool> AnswersAsync(string url, CancellationToken cancellationToken)
    {
        if (!IsUrl(url))
        {
            return false;
        }

        // A name that did not resolve before may do so now.
        if (_open.TryGetValue(url, out var known) && known.Endpoint.ConnectTo.Equals(Nowhere) && _open.TryRemove(url, out _))
        {
            known.Dispose();
        }

        var connection = await OpenAsync(url, cancellationToken);
        var answer = await connection.SendAsync(new WebhookRequest { Method = HttpMethod.Get, Timeout = ProbeTimeout }, cancellationToken);
        return answer.Attempt.Status == StatusCodes.Status200OK;
    }

    private WebhookConnection ToNowhere(Uri url) => new(new WebhookEndpoint { Url = url, ConnectTo = Nowhere, MaxConnections = AtOnce }, state);

    public void Dispose()
    {
        foreach (var connection in _open.Values)
        {
            connection.Dispose();
        }
    }
}
