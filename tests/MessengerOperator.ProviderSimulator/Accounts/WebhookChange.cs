namespace MessengerOperator.ProviderSimulator.Accounts;

/// <summary>A webhook that another actor sets behind the client's back.</summary>
public sealed record WebhookChange
{
    /// <summary>The URL; null keeps the registered one, so that only settings drift.</summary>
    public string? Url { get; set; }

    /// <summary>The secret; null keeps the registered one.</summary>
    public string? SecretToken { get; set; }

    /// <summary>The event kinds; null keeps them, empty is the default set.</summary>
    public IReadOnlyList<string>? AllowedUpdates { get; set; }

    /// <summary>Connections at once; null keeps them.</summary>
    public int? MaxConnections { get; set; }

    /// <summary>Which of the account's registrations; null takes the one that decides where events go.</summary>
    public string? Scope { get; set; }

    /// <summary>What else the provider registers, by name; what is left out is kept.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; set; } = new Dictionary<string, string>();
}
