namespace MessengerOperator.ProviderSimulator.Accounts;

/// <summary>An account as the control API lists it.</summary>
public sealed record AccountSummary
{
    /// <summary>The provider's id of the account, unique in the simulator.</summary>
    public required string Id { get; init; }

    /// <summary>The provider's name.</summary>
    public required string Provider { get; init; }

    /// <summary>The token that works now; null when it was revoked.</summary>
    public string? Token { get; init; }

    /// <summary>The public name of the account.</summary>
    public required string Username { get; init; }

    /// <summary>The display name.</summary>
    public required string FirstName { get; init; }

    /// <summary>Whether it lives on a self-hosted server in local mode.</summary>
    public bool LocalMode { get; init; }

    /// <summary>The registered URL; null without a webhook.</summary>
    public string? WebhookUrl { get; init; }

    /// <summary>Events in the queue.</summary>
    public int Pending { get; init; }

    /// <summary>What only this provider has, by name, secrets included.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>What its customers can do.</summary>
    public IReadOnlyList<MessageKind> Kinds { get; init; } = [];
}
