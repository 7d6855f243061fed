using System.Net.Http.Headers;
using MessengerOperator.Providers.Accounts;
using MessengerOperator.Providers.Http;

namespace MessengerOperator.Providers.Tests.SixthProvider;

/// <summary>One method per call that we make.</summary>
internal sealed class PigeonClient(ProviderHttp http)
{
    private const string Provider = "Pigeon";

    private static readonly Uri PublicAddress = new("https://api.pigeon.example");
    private static readonly TimeSpan DefaultPause = TimeSpan.FromMinutes(1);

    public Task<ProviderResult<PigeonAnswer>> GetMeAsync(ProviderAccount account, CancellationToken cancellationToken) =>
        CallAsync(account, HttpMethod.Get, "me", content: null, cancellationToken);

    public Task<ProviderResult<PigeonAnswer>> GetDeliveriesAsync(ProviderAccount account, CancellationToken cancellationToken) =>
        CallAsync(account, HttpMethod.Get, "deliveries", content: null, cancellationToken);

    public Task<ProviderResult<PigeonAnswer>> PutDeliveriesAsync(ProviderAccount account, Uri? url, CancellationToken cancellationToken) =>
        CallAsync(account, HttpMethod.Put, "deliveries", ProviderContent.Json(new PigeonDeliveries(url?.AbsoluteUri), PigeonJson.Default.PigeonDeliveries), cancellationToken);

    private async Task<ProviderResult<PigeonAnswer>> CallAsync(
        ProviderAccount account, HttpMethod method, string operation, HttpContent? content, CancellationToken cancellationToken)
    {
        var baseAddress = http.BaseAddress(Provider, PublicAddress);
        using var request = new HttpRequestMessage(method, $"{baseAddress.AbsoluteUri.TrimEnd('/')}/v1/{operation}") { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", account.Credential(PigeonCredentials.ApiToken).Reveal());
        return await http.SendAsync(new ProviderCall(Provider, operation, account.BudgetKey), request, answer => Read(answer, account), cancellationToken);
    }

    // By the provider's own code first, by the HTTP status second, never by its words.
    private static ProviderResult<PigeonAnswer> Read(ProviderAnswer answer, ProviderAccount account)
    {
        if (answer.Status >= 500 || !answer.TryReadJson(PigeonJson.Default.PigeonAnswer, out var result))
        {
            return new ProviderFailure.Unavailable($"HTTP {answer.Status} with an answer that is not Pigeon Post's");
        }

        var detail = ProviderText.Sanitise(result.Text, account);
        return result.Error switch
        {
            null when answer.IsSuccess => result,
            "token" => new ProviderFailure.InvalidCredentials(detail),
            "grounded" => new ProviderFailure.InsufficientPermission(detail) { Advice = "Pigeon Post has grounded the account; ask its support why." },
            "tired" => new ProviderFailure.Throttled(answer.RetryAfter ?? DefaultPause, detail),
            "address" => new ProviderFailure.Rejected("Pigeon Post does not deliver to this URL; check spec.webhook.url.", Retry: false, detail),
            _ => new ProviderFailure.Unavailable(detail ?? $"HTTP {answer.Status}"),
        };
    }
}
