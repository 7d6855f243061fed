using System.Text.Json;
using System.Text.Json.Serialization;

namespace MessengerOperator.Providers.Telegram;

/// <summary>The envelope of every answer.</summary>
internal sealed record TelegramAnswer(bool Ok, JsonElement Result, int ErrorCode, string? Description, TelegramAnswerParameters? Parameters);

/// <summary>Hints that come with an error.</summary>
/// <param name="RetryAfter">Seconds to wait.</param>
internal sealed record TelegramAnswerParameters(long? RetryAfter);

/// <summary>Result of <c>getMe</c>.</summary>
internal sealed record TelegramUser(long Id, bool IsBot, string? FirstName, string? Username);

/// <summary>Result of <c>getWebhookInfo</c>.</summary>
internal sealed record TelegramWebhookInfo(
    string? Url,
    long PendingUpdateCount,
    int? MaxConnections,
    long? LastErrorDate,
    string? LastErrorMessage,
    IReadOnlyList<string>? AllowedUpdates);

/// <summary>Body of <c>setWebhook</c>.</summary>
internal sealed record TelegramSetWebhook(string Url, string SecretToken, IReadOnlyList<string> AllowedUpdates, int MaxConnections, bool DropPendingUpdates);

/// <summary>Body of <c>deleteWebhook</c>.</summary>
internal sealed record TelegramDeleteWebhook(bool DropPendingUpdates);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(TelegramAnswer))]
[JsonSerializable(typeof(TelegramUser))]
[JsonSerializable(typeof(TelegramWebhookInfo))]
[JsonSerializable(typeof(TelegramSetWebhook))]
[JsonSerializable(typeof(TelegramDeleteWebhook))]
internal sealed partial class TelegramJson : JsonSerializerContext;
