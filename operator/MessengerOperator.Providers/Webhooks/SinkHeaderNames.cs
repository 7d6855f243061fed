using System.Buffers;

namespace MessengerOperator.Providers.Webhooks;

/// <summary>Which request headers a sink's configuration may set.</summary>
public static class SinkHeaderNames
{
    private const string CloudEventsPrefix = "ce-";

    private static readonly SearchValues<char> Token =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Content-Length", "Content-Type", "Content-Encoding", "Expect", "Host", "Keep-Alive", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "traceparent",
    };

    /// <summary>Whether the name is well formed and neither the event's nor the connection's own.</summary>
    public static bool IsAllowed(string name) =>
        name.Length > 0
        && !name.AsSpan().ContainsAnyExcept(Token)
        && !name.StartsWith(CloudEventsPrefix, StringComparison.OrdinalIgnoreCase)
        && !Reserved.Contains(name);
}
