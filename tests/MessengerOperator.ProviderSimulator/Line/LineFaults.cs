using MessengerOperator.ProviderSimulator.Faults;

namespace MessengerOperator.ProviderSimulator.Line;

/// <summary>Prepared faults: each row of LINE's error table, by name.</summary>
public static class LineFaults
{
    /// <summary>The token is expired, revoked or malformed.</summary>
    public static Fault Unauthorized { get; } = new() { Status = StatusCodes.Status401Unauthorized };

    /// <summary>Plan or feature.</summary>
    public static Fault Forbidden { get; } = new() { Status = StatusCodes.Status403Forbidden };

    /// <summary>There is no such thing.</summary>
    public static Fault NotFound { get; } = new() { Status = StatusCodes.Status404NotFound };

    /// <summary>Too many calls; LINE gives no time to wait.</summary>
    public static Fault RateLimited { get; } = new() { Status = StatusCodes.Status429TooManyRequests };

    /// <summary>The plan's messages of this month are used up.</summary>
    public static Fault MonthlyLimit { get; } = new() { Status = StatusCodes.Status429TooManyRequests, Description = LineAnswers.MonthlyLimit };

    /// <summary>LINE does not like the request.</summary>
    public static Fault BadRequest { get; } = new() { Status = StatusCodes.Status400BadRequest };

    /// <summary>OAuth: the token, or channel id and secret, are not known.</summary>
    public static Fault InvalidClient { get; } = new() { Status = StatusCodes.Status400BadRequest, Code = "invalid_client", Description = "invalid client credentials" };

    /// <summary>OAuth: the same in LINE's other words.</summary>
    public static Fault InvalidRequest { get; } = new() { Status = StatusCodes.Status400BadRequest, Code = "invalid_request", Description = "some parameters missed or invalid" };

    /// <summary>OAuth: this channel may not do that.</summary>
    public static Fault UnauthorizedClient { get; } = new() { Status = StatusCodes.Status400BadRequest, Code = "unauthorized_client" };

    /// <summary>LINE's own trouble.</summary>
    public static Fault InternalError { get; } = new() { Status = StatusCodes.Status500InternalServerError };

    /// <summary>The same, without a body.</summary>
    public static Fault Unavailable { get; } = new() { Kind = FaultKind.EmptyBody, Status = StatusCodes.Status503ServiceUnavailable };

    /// <summary>A gateway's HTML page.</summary>
    public static Fault BadGateway { get; } = new() { Kind = FaultKind.Html, Status = StatusCodes.Status502BadGateway };

    /// <summary>All of them, by the names that the control API takes.</summary>
    public static IReadOnlyDictionary<string, Fault> Presets { get; } = new Dictionary<string, Fault>(StringComparer.OrdinalIgnoreCase)
    {
        ["unauthorized"] = Unauthorized,
        ["forbidden"] = Forbidden,
        ["not-found"] = NotFound,
        ["rate-limited"] = RateLimited,
        ["monthly-limit"] = MonthlyLimit,
        ["bad-request"] = BadRequest,
        ["invalid-client"] = InvalidClient,
        ["invalid-request"] = InvalidRequest,
        ["unauthorized-client"] = UnauthorizedClient,
        ["internal-error"] = InternalError,
        ["unavailable"] = Unavailable,
        ["bad-gateway"] = BadGateway,
    };
}
