using System.Net;
using System.Net.Sockets;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Sinks;

/// <summary>Which addresses a spec may name as a sink: a receiver would post customers' messages, and probe the network, wherever it says.</summary>
internal static class SinkPolicy
{
    private static readonly string[] ClusterSuffixes = [".svc", ".svc.cluster.local", ".cluster.local", ".internal", ".local", ".localhost"];

    /// <summary>Whether <paramref name="url"/> is allowed.</summary>
    public static bool Allows(Uri url, IntegrationOptions options)
    {
        var host = url.IdnHost;
        var listed = options.AllowedSinkHosts.Exists(pattern => Matches(host, pattern));
        if (options.AllowedSinkHosts.Count > 0)
        {
            return listed;
        }

        return options.AllowPrivateSinks || !IsPrivate(host);
    }

    private static bool Matches(string host, string pattern) => pattern.StartsWith("*.", StringComparison.Ordinal)
        ? host.EndsWith(pattern[1..], StringComparison.OrdinalIgnoreCase)
        : string.Equals(host, pattern, StringComparison.OrdinalIgnoreCase);

    private static bool IsPrivate(string host)
    {
        if (!IPAddress.TryParse(host.Trim('[', ']'), out var address))
        {
            // A name without a dot is found through the pod's search domains: it is inside the cluster.
            return !host.Contains('.', StringComparison.Ordinal) || ClusterSuffixes.Any(suffix => host.EndsWith(suffix, StringComparison.OrdinalIgnoreCase));
        }

        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        return IPAddress.IsLoopback(address)
            || (address.AddressFamily == AddressFamily.InterNetwork ? IsPrivateV4(address) : address.IsIPv6LinkLocal || address.IsIPv6UniqueLocal || address.Equals(IPAddress.IPv6Any));
    }

    private static bool IsPrivateV4(IPAddress address) => address.GetAddressBytes() switch
    {
        [0 or 10 or 127, ..] => true,
        [100, >= 64 and <= 127, ..] => true,
        [169, 254, ..] => true,
        [172, >= 16 and <= 31, ..] => true,
        [192, 168, ..] => true,
        [>= 224, ..] => true,
        _ => false,
    };
}
