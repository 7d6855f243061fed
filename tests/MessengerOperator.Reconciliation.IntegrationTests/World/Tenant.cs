using System.Text.Json.Nodes;
using MessengerOperator.ProviderSimulator.Accounts;

namespace MessengerOperator.Reconciliation.IntegrationTests.World;

/// <summary>An account at a provider that no other test has: how the simulator makes it, and how its owner declares it.</summary>
/// <remarks>
/// Secret and integration are those of <c>examples/{provider}/</c>, so that every test proves the example too; a tenant only puts its own ids
/// and credentials in.
/// </remarks>
internal abstract record Tenant
{
    /// <summary>The value of <c>spec.provider</c>.</summary>
    public abstract string Provider { get; }

    /// <summary>The account's id in the simulator.</summary>
    public abstract string Id { get; }

    /// <summary>How the simulator makes the account.</summary>
    public abstract AccountRequest Account { get; }

    /// <summary>What its Secret holds, by key: exactly the keys that the example's has.</summary>
    public abstract IReadOnlyDictionary<string, string> Credentials { get; }

    /// <summary>Those of its credentials that nobody may ever read: all of them, unless the provider calls some by the name of an id.</summary>
    public virtual IEnumerable<string> Secrets => Credentials.Values;

    /// <summary>What its integration has in place of the example's, as a JSON merge patch of <c>spec</c>.</summary>
    public abstract JsonObject Spec { get; }

    /// <summary>The example's folder.</summary>
    public virtual string Folder => Provider.ToLowerInvariant();

    /// <summary>The example's file with the Secret.</summary>
    public virtual string SecretFile => "secret.yaml";

    /// <summary>The example's file with the integration.</summary>
    public virtual string IntegrationFile => "integration.yaml";

    /// <summary>The names under which the operator is given the provider's base addresses; the provider's README says which.</summary>
    public virtual IReadOnlyList<string> BaseAddresses => [Provider];

    /// <summary>Whether the provider calls the webhook before it takes the registration, so that the world needs receivers that answer.</summary>
    public virtual bool IsCalledWhileRegistering => false;

    /// <summary>Kinds of its customers' doings that the product has the provider not send, or that the provider tells nobody.</summary>
    public virtual IReadOnlyList<MessageKind> UnwantedKinds => [];

    /// <summary>Kinds that the receiver takes and hands to nobody: requests without an event, and what the product drops on purpose.</summary>
    public virtual IReadOnlyList<MessageKind> SilentKinds => [MessageKind.Probe];
}
