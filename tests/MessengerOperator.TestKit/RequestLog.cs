using System.Collections.Concurrent;

namespace MessengerOperator.TestKit;

/// <summary>Counts the requests of a client by verb and path: <c>new Kubernetes(configuration, log)</c>. For "a second pass writes nothing".</summary>
public sealed class RequestLog : DelegatingHandler
{
    private readonly ConcurrentQueue<(HttpMethod Method, string Path)> _requests = new();

    /// <summary>Everything sent so far: verb and path with query.</summary>
    public IReadOnlyList<(HttpMethod Method, string Path)> Requests => [.. _requests];

    /// <summary>What changes something, but for Leases and Events, which have a life of their own.</summary>
    public IReadOnlyList<(HttpMethod Method, string Path)> Writes =>
        [.. _requests.Where(request => request.Method != HttpMethod.Get && !request.Path.Contains("/leases", StringComparison.Ordinal) && !request.Path.Contains("/events", StringComparison.Ordinal))];

    /// <summary>Forgets what was sent so far.</summary>
    public void Clear() => _requests.Clear();

    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        _requests.Enqueue((request.Method, request.RequestUri?.PathAndQuery ?? string.Empty));
        return base.SendAsync(request, cancellationToken);
    }
}
