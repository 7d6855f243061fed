using MessengerOperator.ProviderSimulator.Faults;

namespace MessengerOperator.ProviderSimulator.Nexmo;

/// <summary>Prepared faults: each row of Vonage's error table by name. The envelope is that of the API family that is called.</summary>
public static class NexmoFaults
{
    /// <summary>The secret is not the key's.</summary>
    public static Fault Unauthorized { get; } = Problem(401, "unauthorized", "Invalid credentials supplied");

    /// <summary>The token's time is over.</summary>
    public static Fault JwtExpired { get; } = Problem(401, "jwt-expired", "JWT expired");

    /// <summary>The token was made with a key that is gone.</summary>
    public static Fault JwtRevoked { get; } = Problem(401, "jwt-revoked", "JWT revoked");

    /// <summary>No credit, by the documented status.</summary>
    public static Fault LowBalance { get; } = Problem(402, "low-balance", "Low balance");

    /// <summary>No credit, by the other status that is reported.</summary>
    public static Fault LowBalanceForbidden { get; } = Problem(403, "low-balance", "Low balance");

    /// <summary>The key may not do that.</summary>
    public static Fault Forbidden { get; } = Problem(403, "forbidden", "Forbidden");

    /// <summary>The account has not this product.</summary>
    public static Fault Unprovisioned { get; } = Problem(403, "unprovisioned", "Authorisation error");

    /// <summary>The account is suspended.</summary>
    public static Fault Suspended { get; } = Problem(403, "account-suspended", "Account suspended");

    /// <summary>No such key or application.</summary>
    public static Fault NotFound { get; } = Problem(404, "not-found", "Not Found");

    /// <summary>Too fast.</summary>
    public static Fault RateLimit { get; } = Problem(429, "rate-limit", "Rate limit");

    /// <summary>Too fast, in the words of the Messages API.</summary>
    public static Fault Throttled { get; } = Problem(429, "1000", "1000");

    /// <summary>The legacy API refuses an operation.</summary>
    public static Fault Refused { get; } = Problem(420, "method-failed", "method failed");

    /// <summary>All of them, by the names the control API takes.</summary>
    public static IReadOnlyDictionary<string, Fault> Presets { get; } = new Dictionary<string, Fault>(StringComparer.OrdinalIgnoreCase)
    {
        ["unauthorized"] = Unauthorized,
        ["jwt-expired"] = JwtExpired,
        ["jwt-revoked"] = JwtRevoked,
        ["low-balance"] = LowBalance,
        ["low-balance-forbidden"] = LowBalanceForbidden,
        ["forbidden"] = Forbidden,
        ["unprovisioned"] = Unprovisioned,
        ["account-suspended"] = Suspended,
        ["not-found"] = NotFound,
        ["rate-limit"] = RateLimit,
        ["throttled"] = Throttled,
        ["refused"] = Refused,
        ["bad-request"] = Problem(400, "invalid-parameters", "Bad request"),
        ["method-not-allowed"] = Problem(405, "method-not-allowed", "Method Not Allowed"),
        ["not-acceptable"] = Problem(406, "not-acceptable", "Not Acceptable"),
        ["unsupported-media-type"] = Problem(415, "unsupported-media-type", "Unsupported Media Type"),
        ["unprocessable"] = Problem(422, "invalid-parameters", "Unprocessable Entity"),
        ["internal-error"] = Problem(500, "internal-error", "Internal Error"),
        ["bad-gateway"] = new() { Kind = FaultKind.Html, Status = 502 },
        ["unavailable"] = Problem(503, "unavailable", "Service Unavailable"),
        ["gateway-timeout"] = Problem(504, "gateway-timeout", "Gateway Timeout"),
    };

    private static Fault Problem(int status, string code, string title) => new() { Status = status, Code = code, Description = title };
}
