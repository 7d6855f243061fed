namespace MessengerOperator.ProviderSimulator.Accounts;

/// <summary>A webhook as the provider holds it, with what the provider itself would never show.</summary>
public sealed record Registration
{
    /// <summary>The registered URL.</summary>
    public required string Url { get; init; }

    /// <summary>The address that the provider resolved.</summary>
    public string? IpAddress { get; init; }

    /// <summary>The secret token; empty when none was given.</summary>
    public string SecretToken { get; init; } = string.Empty;

    /// <summary>The event kinds asked for, in the provider's order; empty stands for the default set.</summary>
    public IReadOnlyList<string> AllowedUpdates { get; init; } = [];

    /// <summary>Connections allowed at once.</summary>
    public int MaxConnections { get; init; }

    /// <summary>Whether a certificate was uploaded.</summary>
    public bool HasCustomCertificate { get; init; }

    /// <summary>Which of the account's registrations it is, such as <c>app</c>, <c>page</c> or a number; empty when the provider has one only.</summary>
    public string Scope { get; init; } = string.Empty;

    /// <summary>What else the provider registers, by name: field lists, verify tokens, further URLs, switches.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>When it was set.</summary>
    public required DateTimeOffset SetAt { get; init; }
}
