using k8s.Models;
using MessengerOperator.Providers.Http;
using MessengerOperator.Reconciliation.MessengerIntegrations;
using MessengerOperator.Runtime;
using MessengerOperator.TestKit;

namespace MessengerOperator.Reconciliation.IntegrationTests.World;

/// <summary>How the world of a test differs from the usual one.</summary>
internal sealed record WorldOptions
{
    /// <summary>Changes the operator's options.</summary>
    public Action<OperatorOptions> Operator { get; init; } = _ => { };

    /// <summary>Changes the options of the integrations.</summary>
    public Action<IntegrationOptions> Integrations { get; init; } = _ => { };

    /// <summary>Changes how providers are called.</summary>
    public Action<ProviderHttpOptions> Providers { get; init; } = _ => { };

    /// <summary>The account; null makes a Telegram bot.</summary>
    public Tenant? Tenant { get; init; }

    /// <summary>Whether real receivers answer at https://hooks.acme.example and an inbox takes their events; otherwise pods are only marked as ready.</summary>
    public bool Receives { get; init; }

    /// <summary>Whether the bot's server takes any port and address, as a self-hosted one does.</summary>
    public bool LocalMode { get; init; }

    /// <summary>Whether the operator has rights in the test's namespace only, as with the chart's watchNamespaces; otherwise it is a cluster administrator.</summary>
    public bool IsConfined { get; init; }

    /// <summary>Where the operator finds the simulator; the providers' names for it.</summary>
    public IReadOnlyList<string> BaseAddresses => Tenant?.BaseAddresses ?? ["Telegram"];

    /// <summary>The operator's default sink.</summary>
    public Uri Sink { get; init; } = new("http://inbox.sinks.svc/");

    /// <summary>Whether the provider runs when the test begins.</summary>
    public bool ProviderRuns { get; init; } = true;

    /// <summary>What becomes of pods; default: they become ready.</summary>
    public Action<V1Pod> Pods { get; init; } = PodActor.MakeReady;
}
