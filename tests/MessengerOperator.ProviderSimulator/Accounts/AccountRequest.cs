namespace MessengerOperator.ProviderSimulator.Accounts;

/// <summary>What an account is made from; what is left out is made up.</summary>
public sealed record AccountRequest
{
    /// <summary>The provider's name; default Telegram.</summary>
    public string Provider { get; set; } = "Telegram";

    /// <summary>The API token; null makes one. For Telegram it must begin with the id and a colon.</summary>
    public string? Token { get; set; }

    /// <summary>The account id; null takes the token's, or the next free one.</summary>
    public string? Id { get; set; }

    /// <summary>The public name; null derives it from the id.</summary>
    public string? Username { get; set; }

    /// <summary>The display name; default <c>Acme Support</c>.</summary>
    public string FirstName { get; set; } = "Acme Support";

    /// <summary>Accept http, any port and private addresses, as a self-hosted server with <c>--local</c> does.</summary>
    public bool LocalMode { get; set; }

    /// <summary>What only this provider has, by name: ids, secrets, console switches. Unknown names are refused.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; set; } = new Dictionary<string, string?>();
}
