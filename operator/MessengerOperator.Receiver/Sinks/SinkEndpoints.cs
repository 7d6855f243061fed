using System.Globalization;
using System.Net;

namespace MessengerOperator.Receiver.Sinks;

/// <summary>A broker's addresses as configuration has them: <c>host:port</c>, <c>[address]:port</c> for IPv6.</summary>
internal static class SinkEndpoints
{
    /// <summary>What is wrong with a list of them; null when nothing is.</summary>
    public static string? Problem(IReadOnlyList<string>? endpoints) =>
        endpoints is not { Count: > 0 } || endpoints.Any(endpoint => Parse(endpoint) is null) ? "a list of host:port is needed" : null;

    /// <summary>The host, without brackets, and the port; null when it is not one.</summary>
    public static DnsEndPoint? Parse(string? endpoint)
    {
        var colon = endpoint?.LastIndexOf(':') ?? -1;
        if (colon <= 0 || !int.TryParse(endpoint.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is 0 or > 65535)
        {
            return null;
        }

        var host = endpoint![..colon];
        if (host is ['[', .. var inner, ']'])
        {
            host = inner;
        }
        else if (host.Contains(':', StringComparison.Ordinal))
        {
            return null;
        }

        return Uri.CheckHostName(host) == UriHostNameType.Unknown ? null : new(host, port);
    }
}
