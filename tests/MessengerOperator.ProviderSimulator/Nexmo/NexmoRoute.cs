namespace MessengerOperator.ProviderSimulator.Nexmo;

/// <summary>A path of Vonage's APIs.</summary>
/// <param name="Resource">What it leads to.</param>
/// <param name="Subject">The API key or application id in it; empty without one.</param>
/// <param name="IsLegacy">Whether it is one of rest.nexmo.com.</param>
internal sealed record NexmoRoute(string Resource, string Subject, bool IsLegacy)
{
    /// <summary>The operation of a call with the wrong HTTP method.</summary>
    public const string NotAllowed = "notAllowed";

    private const string Application = "application";

    /// <summary>Whether a bearer token signs in here.</summary>
    public bool TakesTokens => Resource == "message";

    /// <summary>Reads a path; null for those of others.</summary>
    public static NexmoRoute? Of(PathString path) => (path.Value ?? "").Split('/') switch
    {
        ["", "account", "settings"] => new("settings", "", IsLegacy: true),
        ["", "account", "get-balance"] => new("balance", "", IsLegacy: true),
        ["", "account", "numbers"] => new("numbers", "", IsLegacy: true),
        ["", "number", "update"] => new("number", "", IsLegacy: true),
        ["", "sms", "json"] => new("sms", "", IsLegacy: true),
        ["", "accounts", var key, "secrets"] => new("secrets", key, IsLegacy: false),
        ["", "v2", "applications", var id] => new(Application, id, IsLegacy: false),
        ["", "v1", "messages"] => new("message", "", IsLegacy: false),
        _ => null,
    };

    /// <summary>The operation's name, by which faults are set and calls are counted.</summary>
    public string MethodOf(string httpMethod, IReadOnlyDictionary<string, string> parameters) => (Resource, httpMethod) switch
    {
        ("settings", "POST") => parameters.Keys.Any(name => name is not ("api_key" or "api_secret")) ? "setSettings" : "getSettings",
        ("balance", "GET") => "getBalance",
        ("numbers", "GET") => "getNumbers",
        ("number", "POST") => "updateNumber",
        ("sms", "POST") => "sendSms",
        ("secrets", "GET") => "getSecrets",
        (Application, "GET") => "getApplication",
        (Application, "PUT") => "putApplication",
        (Application, "DELETE") => "deleteApplication",
        ("message", "POST") => "sendMessage",
        _ => NotAllowed,
    };
}
