using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MessengerOperator.Providers.Accounts;
using MessengerOperator.Providers.Http;

namespace MessengerOperator.Providers.Telegram;

/// <summary>One method per Bot API call that we make.</summary>
internal sealed class TelegramClient(ProviderHttp http)
{
    private const string Provider = "Telegram";

    private static readonly Uri PublicAddress = new("https://api.telegram.org");
    private static readonly TimeSpan DefaultPause = TimeSpan.FromSeconds(30);

    public Task<ProviderResult<TelegramUser>> GetMeAsync(ProviderAccount account, CancellationToken cancellationToken) =>
        CallAsync(account, "getMe", content: null, TelegramJson.Default.TelegramUser, cancellationToken);

    public Task<ProviderResult<TelegramWebhookInfo>> GetWebhookInfoAsync(ProviderAccount account, CancellationToken cancellationToken) =>
        CallAsync(account, "getWebhookInfo", content: null, TelegramJson.Default.TelegramWebhookInfo, cancellationToken);

    public Task<ProviderResult<JsonElement>> SetWebhookAsync(ProviderAccount account, TelegramSetWebhook webhook, CancellationToken cancellationToken) =>
        CallAsync(account, "setWebhook", ProviderContent.Json(webhook, TelegramJson.Default.TelegramSetWebhook), TelegramJson.Default.JsonElement, cancellationToken);

    public Task<ProviderResult<JsonElement>> DeleteWebhookAsync(ProviderAccount account, CancellationToken cancellationToken) =>
        CallAsync(
            account,
            "deleteWebhook",
            ProviderContent.Json(new TelegramDeleteWebhook(DropPendingUpdates: false), TelegramJson.Default.TelegramDeleteWebhook),
            TelegramJson.Default.JsonElement,
            cancellationToken);

    private async Task<ProviderResult<T>> CallAsync<T>(
        ProviderAccount account, string method, HttpContent? content, JsonTypeInfo<T> resultType, CancellationToken cancellationToken)
        where T : notnull
    {
        var baseAddress = account.Settings.Address("apiBaseUrl") ?? http.BaseAddress(Provider, PublicAddress);
        var token = account.Credential(TelegramCredentials.ApiToken).Reveal();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{baseAddress.AbsoluteUri.TrimEnd('/')}/bot{token}/{method}") { Content = content };
        return await http.SendAsync(new ProviderCall(Provider, method, account.BudgetKey), request, answer => Read(answer, account, resultType), cancellationToken);
    }

    private static ProviderResult<T> Read<T>(ProviderAnswer answer, ProviderAccount account, JsonTypeInfo<T> resultType)
        where T : notnull
    {
        try
        {
            var envelope = JsonSerializer.Deserialize(answer.Body.Span, TelegramJson.Default.TelegramAnswer);
            return envelope switch
            {
                { Ok: true } when envelope.Result.Deserialize(resultType) is { } result => result,
                { Ok: false, ErrorCode: > 0 } => Classify(envelope, answer, account),
                _ => new ProviderFailure.Unavailable($"HTTP {answer.Status} with an answer that is not the Bot API's"),
            };
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // A proxy's error page, an empty or a cut body: says nothing about the account.
            return new ProviderFailure.Unavailable($"HTTP {answer.Status} with an answer that is not the Bot API's JSON");
        }
    }

    private static ProviderFailure Classify(TelegramAnswer envelope, ProviderAnswer answer, ProviderAccount account)
    {
        var detail = ProviderText.Sanitise(envelope.Description, account);
        return envelope.ErrorCode switch
        {
            401 => new ProviderFailure.InvalidCredentials(detail),
            // The cloud host answers 404 to a token it cannot read. An unknown method has the same code, so here the text must tell.
            404 when envelope.Description?.Contains("method not found", StringComparison.Ordinal) != true => new ProviderFailure.InvalidCredentials(detail),
            403 => new ProviderFailure.InsufficientPermission(detail),
            429 => new ProviderFailure.Throttled(Pause(envelope, answer), detail),
            >= 500 => new ProviderFailure.Unavailable(detail ?? $"error {envelope.ErrorCode}"),
            _ => TelegramRejections.Read(envelope.ErrorCode, envelope.Description, detail),
        };
    }

    private static TimeSpan Pause(TelegramAnswer envelope, ProviderAnswer answer) =>
        envelope.Parameters?.RetryAfter is { } seconds and > 0 and < 1_000_000
            ? ProviderHttp.Clamp(TimeSpan.FromSeconds(seconds))
            : answer.RetryAfter ?? DefaultPause;
}
