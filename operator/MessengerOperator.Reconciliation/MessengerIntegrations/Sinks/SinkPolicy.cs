using System.Net;
using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Sinks;

/// <summary>Which addresses a spec may name as a sink: a receiver would post customers' messages, and probe the network, wherever it says.</summary>
internal static class SinkPolicy
{
    private static readonly string[] ClusterSuffixes = [".svc", ".svc.cluster.local", ".cluster.local", ".internal", ".local", ".localhost"];

    /// <summary>Whether <paramref name="url"/> is allowed.</summary>
    public static bool Allows(Uri url, IntegrationOptions options) => AllowsHost(url.IdnHost, options);

    /// <summary>Whether a sink may be at <paramref name="host"/>: a name, or an address, in brackets or not.</summary>
    public static bool AllowsHost(string host, IntegrationOptions options)
    {
        host = host.TrimEnd('.'); // a closing dot only says that the name is complete
        var listed = options.AllowedSinkHosts.Exists(pattern => Matches(host, pattern));
        if (options.AllowedSinkHosts.Count > 0)
        {
            return listed;
        }

        return options.AllowPrivateSinks || !IsPrivate(host);
    }

    /// <summary>Whether an address that an object of the cluster tells is allowed: a name within the cluster, or what a spec might name as well.</summary>
    public static bool AllowsReferred(Uri url, IntegrationOptions options)
    {
        var host = url.IdnHost.TrimEnd('.');
        return host.EndsWith(".svc", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".svc.cluster.local", StringComparison.OrdinalIgnoreCase) || Allows(url, options);
    }

    /// <summary>Whether a host that is allowed may have a private address: where that is allowed, and for hosts that the platform team has named.</summary>
    public static bool MayBePrivate(IntegrationOptions options) => options.AllowPrivateSinks || options.AllowedSinkHosts.Count > 0;

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

        return PrivateAddresses.Contains(address);
    }
}
