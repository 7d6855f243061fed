using System.Text.Json.Serialization;

namespace MessengerOperator.Providers.Line;

/// <summary>Result of <c>GET /v2/bot/info</c>.</summary>
/// <param name="UserId">The bot's own user id: <c>destination</c> of every webhook request.</param>
/// <param name="BasicId">With its leading @.</param>
/// <param name="PremiumId">With its leading @; null when none was bought.</param>
/// <param name="DisplayName">The name that people see.</param>
/// <param name="ChatMode"><c>chat</c> when people may answer by hand, <c>bot</c> when not.</param>
internal sealed record LineBotInfo(string UserId, string? BasicId, string? PremiumId, string? DisplayName, string? ChatMode);

/// <summary>Result of <c>GET /v2/bot/channel/webhook/endpoint</c>.</summary>
/// <param name="Endpoint">The URL; empty when it was emptied.</param>
/// <param name="Active">The switch "Use webhook" of the console.</param>
internal sealed record LineWebhookEndpoint(string? Endpoint, bool? Active);

/// <summary>Body of <c>PUT /v2/bot/channel/webhook/endpoint</c> and of <c>POST /v2/bot/channel/webhook/test</c>.</summary>
internal sealed record LineEndpointRequest(string Endpoint);

/// <summary>Result of <c>PUT /v2/bot/channel/webhook/endpoint</c>: <c>{}</c>.</summary>
internal sealed record LineEndpointSet;

/// <summary>Result of <c>POST /v2/bot/channel/webhook/test</c>.</summary>
/// <param name="Success">Whether our receiver answered with success.</param>
/// <param name="StatusCode">HTTP status of that answer; zero or negative when there was none.</param>
/// <param name="Reason">A code: OK, COULD_NOT_CONNECT, REQUEST_TIMEOUT, ERROR_STATUS_CODE, UNCLASSIFIED.</param>
/// <param name="Detail">Free text.</param>
internal sealed record LineEndpointTest(bool? Success, int? StatusCode, string? Reason, string? Detail);

/// <summary>Result of the two calls that verify a token.</summary>
/// <param name="ClientId">The channel id.</param>
/// <param name="ExpiresIn">Seconds; about a century for a long-lived token.</param>
internal sealed record LineTokenInfo([property: JsonPropertyName("client_id")] string? ClientId, [property: JsonPropertyName("expires_in")] long? ExpiresIn);

/// <summary>An error: of the Messaging API (<c>message</c>, <c>details</c>) or of the OAuth endpoints (<c>error</c>, <c>error_description</c>).</summary>
internal sealed record LineError(
    string? Message,
    IReadOnlyList<LineErrorDetail>? Details,
    string? Error,
    [property: JsonPropertyName("error_description")] string? ErrorDescription);

/// <summary>What is wrong with one property of a request.</summary>
internal sealed record LineErrorDetail(string? Message, string? Property);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(LineBotInfo))]
[JsonSerializable(typeof(LineWebhookEndpoint))]
[JsonSerializable(typeof(LineEndpointRequest))]
[JsonSerializable(typeof(LineEndpointSet))]
[JsonSerializable(typeof(LineEndpointTest))]
[JsonSerializable(typeof(LineTokenInfo))]
[JsonSerializable(typeof(LineError))]
internal sealed partial class LineJson : JsonSerializerContext;
