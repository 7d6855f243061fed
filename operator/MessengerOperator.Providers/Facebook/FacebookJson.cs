using System.Text.Json.Serialization;

namespace MessengerOperator.Providers.Facebook;

/// <summary>An answer that may be an error.</summary>
internal sealed record FacebookAnswer(FacebookError? Error = null);

/// <summary>The Graph API's error, HTTP 400 mostly, whatever its nature. Only the codes are looked at.</summary>
internal sealed record FacebookError(
    string? Message = null,
    string? Type = null,
    int Code = 0,
    int ErrorSubcode = 0,
    bool IsTransient = false,
    string? FbtraceId = null);

/// <summary>Answer of <c>/me</c> to a page's token.</summary>
/// <param name="Id">The page's id.</param>
/// <param name="Name">The name to show.</param>
/// <param name="Username">The vanity name; null for a page that has none.</param>
internal sealed record FacebookPage(string Id, string? Name = null, string? Username = null);

/// <summary>Answer of <c>/debug_token</c>.</summary>
internal sealed record FacebookTokenInspection(FacebookToken Data);

/// <summary>What Facebook says of a token.</summary>
/// <param name="IsValid">Whether it works.</param>
/// <param name="Type">PAGE for a page's.</param>
/// <param name="AppId">The app that it was made for.</param>
/// <param name="ProfileId">The page.</param>
/// <param name="ExpiresAt">Seconds since 1970; 0 for never.</param>
/// <param name="DataAccessExpiresAt">The same for access to people's data.</param>
/// <param name="Scopes">The permissions.</param>
/// <param name="Error">Why it does not work.</param>
internal sealed record FacebookToken(
    bool IsValid,
    string? Type = null,
    string? AppId = null,
    string? ProfileId = null,
    long ExpiresAt = 0,
    long DataAccessExpiresAt = 0,
    IReadOnlyList<string>? Scopes = null,
    FacebookTokenError? Error = null);

/// <summary>Why a token does not work.</summary>
internal sealed record FacebookTokenError(string? Message = null, int Code = 0, int Subcode = 0);

/// <summary>Answer of <c>GET /{app}/subscriptions</c>: one element for each product of Meta.</summary>
internal sealed record FacebookAppSubscriptions(IReadOnlyList<FacebookAppSubscription> Data);

/// <summary>An app's webhook for one product (<c>page</c> for Messenger).</summary>
internal sealed record FacebookAppSubscription(string Object, string? CallbackUrl = null, bool Active = false, IReadOnlyList<FacebookField>? Fields = null);

/// <summary>A kind of event, and the API version that it is told in.</summary>
internal sealed record FacebookField(string? Name = null, string? Version = null);

/// <summary>Answer of <c>GET /{page}/subscribed_apps</c>.</summary>
internal sealed record FacebookSubscribedApps(IReadOnlyList<FacebookSubscribedApp> Data);

/// <summary>An app that is subscribed to a page.</summary>
internal sealed record FacebookSubscribedApp(string Id, IReadOnlyList<string>? SubscribedFields = null);

/// <summary>Answer of a change.</summary>
internal sealed record FacebookChange(bool Success);

/// <summary>Header <c>X-App-Usage</c>: percent of what the app may do within an hour.</summary>
internal sealed record FacebookAppUsage(double CallCount = 0, double TotalCputime = 0, double TotalTime = 0)
{
    /// <summary>The highest of them.</summary>
    [JsonIgnore]
    public double Highest => Math.Max(CallCount, Math.Max(TotalCputime, TotalTime));
}

/// <summary>An element of the header <c>X-Business-Use-Case-Usage</c>; of its figures only the one that says how long to wait.</summary>
/// <param name="EstimatedTimeToRegainAccess">Minutes.</param>
internal sealed record FacebookBusinessUsage(double EstimatedTimeToRegainAccess = 0);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(FacebookAnswer))]
[JsonSerializable(typeof(FacebookPage))]
[JsonSerializable(typeof(FacebookTokenInspection))]
[JsonSerializable(typeof(FacebookAppSubscriptions))]
[JsonSerializable(typeof(FacebookSubscribedApps))]
[JsonSerializable(typeof(FacebookChange))]
[JsonSerializable(typeof(FacebookAppUsage))]
[JsonSerializable(typeof(Dictionary<string, IReadOnlyList<FacebookBusinessUsage>>))]
internal sealed partial class FacebookJson : JsonSerializerContext;
