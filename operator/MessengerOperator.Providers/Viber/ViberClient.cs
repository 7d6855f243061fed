using System.Text.Json.Serialization.Metadata;
using MessengerOperator.Providers.Accounts;
using MessengerOperator.Providers.Http;

namespace MessengerOperator.Providers.Viber;

/// <summary>One method per call of the REST Bot API that we make.</summary>
internal sealed class ViberClient(ProviderHttp http)
{
    private const string Provider = "Viber";
    private const string SetWebhook = "set_webhook";
    private const string TokenHeader = "X-Viber-Auth-Token";

    private static readonly Uri PublicAddress = new("https://chatapi.viber.com");
    private static readonly TimeSpan DefaultPause = TimeSpan.FromMinutes(1);

    public Task<ProviderResult<ViberAccountInfo>> GetAccountInfoAsync(ProviderAccount account, CancellationToken cancellationToken) =>
        CallAsync(account, "get_account_info", registers: false, ProviderContent.Json(new ViberNothing(), ViberJson.Default.ViberNothing), ViberJson.Default.ViberAccountInfo, cancellationToken);

    public Task<ProviderResult<ViberWebhookSet>> SetWebhookAsync(ProviderAccount account, ViberSetWebhook webhook, CancellationToken cancellationToken) =>
        CallAsync(account, SetWebhook, registers: true, ProviderContent.Json(webhook, ViberJson.Default.ViberSetWebhook), ViberJson.Default.ViberWebhookSet, cancellationToken);

    public Task<ProviderResult<ViberWebhookSet>> RemoveWebhookAsync(ProviderAccount account, CancellationToken cancellationToken) =>
        CallAsync(account, SetWebhook, registers: false, ProviderContent.Json(new ViberRemoveWebhook(""), ViberJson.Default.ViberRemoveWebhook), ViberJson.Default.ViberWebhookSet, cancellationToken);

    private async Task<ProviderResult<T>> CallAsync<T>(
        ProviderAccount account, string method, bool registers, HttpContent content, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class, IViberAnswer
    {
        var baseAddress = http.BaseAddress(Provider, PublicAddress);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{baseAddress.AbsoluteUri.TrimEnd('/')}/pa/{method}") { Content = content };

        // In the header only: bodies end up in logs more easily.
        request.Headers.TryAddWithoutValidation(TokenHeader, account.Credential(ViberCredentials.AuthToken).Reveal());
        return await http.SendAsync(new ProviderCall(Provider, method, account.BudgetKey), request, answer => Read(answer, account, registers, type), cancellationToken);
    }

    private static ProviderResult<T> Read<T>(ProviderAnswer answer, ProviderAccount account, bool registers, JsonTypeInfo<T> type)
        where T : class, IViberAnswer
    {
        if (answer.Status == 429)
        {
            // Not Viber's own way to say it (status 12), but that of whatever stands before it.
            return new ProviderFailure.Throttled(answer.RetryAfter ?? DefaultPause, "HTTP 429");
        }

        if (answer.Status >= 500 || !answer.TryReadJson(type, out var result) || result.Status is not { } status)
        {
            return new ProviderFailure.Unavailable($"HTTP {answer.Status} with an answer that is not the REST Bot API's");
        }

        return status == ViberErrors.Ok
            ? result
            : ViberErrors.Read(status, registers, ProviderText.Sanitise(result.StatusMessage, account));
    }
}
