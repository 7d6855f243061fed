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

    /// <summary>The bot; null makes one.</summary>
    public Bot? Bot { get; init; }

    /// <summary>Whether the bot's server takes any port and address, as a self-hosted one does.</summary>
    public bool LocalMode { get; init; }

    /// <summary>Whether the provider runs when the test begins.</summary>
    public bool ProviderRuns { get; init; } = true;

    /// <summary>What becomes of pods; default: they become ready.</summary>
    public Action<V1Pod> Pods { get; init; } = PodActor.MakeReady;
}
