using System.Collections.Concurrent;
using System.Text;

namespace MessengerOperator.TestKit;

/// <summary>Counts the requests of a client by verb and path: <c>new Kubernetes(configuration, log)</c>. For "a second pass writes nothing".</summary>
/// <param name="keepReceived">Whether to keep everything that came back, for tests that look for secrets in it.</param>
public sealed class RequestLog(bool keepReceived = false) : DelegatingHandler
{
    private static readonly string[] NotCounted = ["/leases", "/events", "dryRun=All"];

    private readonly ConcurrentQueue<(HttpMethod Method, string Path)> _requests = new();
    private readonly MemoryStream _received = new();

    /// <summary>Everything sent so far: verb and path with query.</summary>
    public IReadOnlyList<(HttpMethod Method, string Path)> Requests => [.. _requests];

    /// <summary>What changes something, but for Leases and Events, which have a life of their own. A dry run changes nothing.</summary>
    public IReadOnlyList<(HttpMethod Method, string Path)> Writes =>
        [.. _requests.Where(request => request.Method != HttpMethod.Get && !NotCounted.Any(part => request.Path.Contains(part, StringComparison.Ordinal)))];

    /// <summary>Everything received so far, as text.</summary>
    public string ReceivedText
    {
        get
        {
            lock (_received)
            {
                return Encoding.UTF8.GetString(_received.ToArray());
            }
        }
    }

    /// <summary>Forgets what was sent so far.</summary>
    public void Clear() => _requests.Clear();

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        _requests.Enqueue((request.Method, request.RequestUri?.PathAndQuery ?? string.Empty));
        var response = await base.SendAsync(request, cancellationToken);
        if (keepReceived)
        {
            var headers = response.Content.Headers;
            response.Content = new StreamContent(new TappedStream(await response.Content.ReadAsStreamAsync(cancellationToken), Keep));
            foreach (var (name, values) in headers)
            {
                response.Content.Headers.TryAddWithoutValidation(name, values);
            }
        }

        return response;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _received.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Keep(ReadOnlyMemory<byte> bytes)
    {
        lock (_received)
        {
            _received.Write(bytes.Span);
        }
    }
}
