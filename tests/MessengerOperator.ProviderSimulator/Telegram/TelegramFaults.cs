using MessengerOperator.ProviderSimulator.Faults;

namespace MessengerOperator.ProviderSimulator.Telegram;

/// <summary>Prepared faults: each documented refusal of the Bot API, by name.</summary>
public static class TelegramFaults
{
    /// <summary>The token is unknown or revoked.</summary>
    public static Fault Unauthorized { get; } = new() { Status = 401, Description = "Unauthorized" };

    /// <summary>Another setWebhook is under way.</summary>
    public static Fault Conflict { get; } = new() { Status = 409, Description = "Conflict: terminated by other setWebhook" };

    /// <summary>The server restarts.</summary>
    public static Fault Restart { get; } = new() { Status = 500, Description = "Internal Server Error: restart" };

    /// <summary>A gateway's HTML page.</summary>
    public static Fault BadGateway { get; } = new() { Kind = FaultKind.Html, Status = 502 };

    /// <summary>The URL does not parse.</summary>
    public static Fault InvalidUrl { get; } = BadRequest("invalid webhook URL specified");

    /// <summary>The URL is not https.</summary>
    public static Fault NotHttps { get; } = BadRequest("bad webhook: An HTTPS URL must be provided for webhook");

    /// <summary>The port is none of the four.</summary>
    public static Fault Port { get; } = BadRequest("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443");

    /// <summary>The host is at a private address.</summary>
    public static Fault ReservedAddress { get; } = BadRequest("bad webhook: IP address 10.0.0.5 is reserved");

    /// <summary>The host has no A record.</summary>
    public static Fault Ipv6Only { get; } = BadRequest("bad webhook: IPv6-only addresses are not allowed");

    /// <summary>The host is unknown.</summary>
    public static Fault Unresolvable { get; } = BadRequest("bad webhook: Failed to resolve host: Name or service not known");

    /// <summary>All of them, by the names the control API takes.</summary>
    public static IReadOnlyDictionary<string, Fault> Presets { get; } = new Dictionary<string, Fault>(StringComparer.OrdinalIgnoreCase)
    {
        ["unauthorized"] = Unauthorized,
        ["conflict"] = Conflict,
        ["too-many-requests"] = TooManyRequests(1),
        ["restart"] = Restart,
        ["bad-gateway"] = BadGateway,
        ["invalid-url"] = InvalidUrl,
        ["not-https"] = NotHttps,
        ["port"] = Port,
        ["reserved-address"] = ReservedAddress,
        ["ipv6-only"] = Ipv6Only,
        ["unresolvable"] = Unresolvable,
    };

    /// <summary>The caller is too fast.</summary>
    /// <param name="retryAfterSeconds">How long it shall wait.</param>
    public static Fault TooManyRequests(int retryAfterSeconds) => new() { Status = 429, RetryAfterSeconds = retryAfterSeconds };

    private static Fault BadRequest(string reason) => new() { Status = 400, Description = $"Bad Request: {reason}" };
}
