using MessengerOperator.Providers;
using MessengerOperator.Providers.Webhooks;
using MessengerOperator.Receiver.Sinks;
using MessengerOperator.Receiver.Telemetry;

namespace MessengerOperator.Receiver.Configuration;

/// <summary>One integration with everything that serving it needs, as of one reading of the files.</summary>
internal sealed class ServedRoute
{
    /// <summary><c>namespace/name</c>.</summary>
    public required string Integration { get; init; }

    /// <summary>The CloudEvents source.</summary>
    public required string Source { get; init; }

    /// <summary>The provider's name.</summary>
    public required string Provider { get; init; }

    /// <summary>The CloudEvents extension <c>provider</c>: the name in lower case.</summary>
    public required string ProviderName { get; init; }

    /// <summary>The account, for the events and to choose among routes that share a path.</summary>
    public required EventAccount Account { get; init; }

    /// <summary>The provider's block of the spec.</summary>
    public required ProviderSettings Settings { get; init; }

    /// <summary>The verification secrets, those for the provider's check of the URL included.</summary>
    public required WebhookKeys Keys { get; init; }

    /// <summary>The secrets that requests are verified with.</summary>
    public required WebhookKeys RequestKeys { get; init; }

    /// <summary>The reachability probe's key; null when it is not probed or the file is not there.</summary>
    public required byte[]? ProbeKey { get; init; }

    /// <summary>Where events go; null when a file that the sink needs is not there.</summary>
    public required IEventSink? Sink { get; init; }

    /// <summary>Where events go that were put aside; null keeps them in the spool.</summary>
    public IEventSink? DeadLetterSink { get; init; }

    /// <summary>Whether a conversation's events are delivered one after the other; otherwise as fast as they come.</summary>
    public bool KeepsOrder { get; init; } = true;

    /// <summary>Whether requests can be verified and delivered.</summary>
    public required bool IsReady { get; init; }

    /// <summary>What is missing or in the way: names of keys and paths of files, never a value.</summary>
    public required IReadOnlyList<string> Problems { get; init; }

    /// <summary>Counts since the process started; they outlive a reload.</summary>
    public required RouteStatistics Statistics { get; init; }

    /// <summary>The CloudEvents source of an integration: <c>/namespaces/{namespace}/messengerintegrations/{name}</c>.</summary>
    public static string SourceOf(string integration)
    {
        var slash = integration.IndexOf('/', StringComparison.Ordinal);
        return $"/namespaces/{Uri.EscapeDataString(integration[..slash])}/messengerintegrations/{Uri.EscapeDataString(integration[(slash + 1)..])}";
    }
}
