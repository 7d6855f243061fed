using System.Net.Http.Headers;
using System.Text.Json.Serialization.Metadata;
using MessengerOperator.Providers.Accounts;
using MessengerOperator.Providers.Http;

namespace MessengerOperator.Providers.Line;

/// <summary>One method per call that we make, under the operation's name in LINE's OpenAPI files.</summary>
internal sealed class LineClient(ProviderHttp http)
{
    private const string Provider = "Line";
    private const string EndpointPath = "/v2/bot/channel/webhook/endpoint";

    private static readonly Uri PublicAddress = new("https://api.line.me");

    /// <summary>Whose token it is. A refusal other than of the token is no answer of LINE's that is documented, so it says nothing about the account.</summary>
    public Task<ProviderResult<LineBotInfo>> GetBotInfoAsync(ProviderAccount account, CancellationToken cancellationToken) =>
        CallAsync(
            account,
            "getBotInfo",
            Authorized(HttpMethod.Get, "/v2/bot/info", account),
            answer => Read(answer, LineJson.Default.LineBotInfo, bot => !string.IsNullOrEmpty(bot.UserId), () => LineErrors.OfMessaging(answer, account) switch
            {
                ProviderFailure.Rejected rejected => new ProviderFailure.Unavailable(rejected.Detail),
                var failure => failure,
            }),
            cancellationToken);

    /// <summary>What is registered; a record without an endpoint when nothing is.</summary>
    public Task<ProviderResult<LineWebhookEndpoint>> GetEndpointAsync(ProviderAccount account, CancellationToken cancellationToken) =>
        CallAsync(
            account,
            "getWebhookEndpoint",
            Authorized(HttpMethod.Get, EndpointPath, account),
            answer => answer.Status == 404 && LineErrors.Read(answer) is not null
                ? new LineWebhookEndpoint(Endpoint: null, Active: null)
                : Read(answer, LineJson.Default.LineWebhookEndpoint, webhook => webhook is not { Endpoint: null, Active: null }, () => LineErrors.OfMessaging(answer, account)),
            cancellationToken);

    /// <summary>Registers an endpoint; an empty one to have none. LINE calls nobody.</summary>
    public Task<ProviderResult<LineEndpointSet>> SetEndpointAsync(ProviderAccount account, string endpoint, CancellationToken cancellationToken) =>
        CallAsync(
            account,
            "setWebhookEndpoint",
            Authorized(HttpMethod.Put, EndpointPath, account, endpoint),
            answer => Read(answer, LineJson.Default.LineEndpointSet, _ => true, () => LineErrors.OfMessaging(answer, account)),
            cancellationToken);

    /// <summary>Makes LINE send a signed request without events to the endpoint and tell what came back. A refusal means that LINE does not know of the endpoint yet.</summary>
    public Task<ProviderResult<LineEndpointTest>> TestEndpointAsync(ProviderAccount account, string endpoint, CancellationToken cancellationToken) =>
        CallAsync(
            account,
            "testWebhookEndpoint",
            Authorized(HttpMethod.Post, "/v2/bot/channel/webhook/test", account, endpoint),
            answer => Read(answer, LineJson.Default.LineEndpointTest, test => test.Success is not null, () => LineErrors.OfMessaging(answer, account)),
            cancellationToken);

    /// <summary>Which channel a long- or short-lived token is of, and for how long.</summary>
    public Task<ProviderResult<LineTokenInfo>> VerifyTokenAsync(ProviderAccount account, CancellationToken cancellationToken) =>
        CallAsync(
            account,
            "verifyChannelToken",
            new HttpRequestMessage(HttpMethod.Post, At("/v2/oauth/verify")) { Content = ProviderContent.Form(("access_token", Token(account))) },
            answer => Read(answer, LineJson.Default.LineTokenInfo, token => token.ExpiresIn is not null, () => LineErrors.OfOAuth(answer, account)),
            cancellationToken);

    /// <summary>Which channel a token in the form of a JWT is of, and for how long.</summary>
    public Task<ProviderResult<LineTokenInfo>> VerifyJwtAsync(ProviderAccount account, CancellationToken cancellationToken) =>
        CallAsync(
            account,
            "verifyChannelTokenByJWT",
            new HttpRequestMessage(HttpMethod.Get, At($"/oauth2/v2.1/verify?access_token={Uri.EscapeDataString(Token(account))}")),
            answer => Read(answer, LineJson.Default.LineTokenInfo, token => token.ExpiresIn is not null, () => LineErrors.OfOAuth(answer, account)),
            cancellationToken);

    /// <summary>Asks for a token with channel id and secret, only to see whether they belong together. The token, good for 15 minutes, is not even read.</summary>
    public Task<ProviderResult<LineTokenInfo>> IssueTokenAsync(ProviderAccount account, string channelId, CancellationToken cancellationToken) =>
        CallAsync(
            account,
            "issueStatelessChannelToken",
            new HttpRequestMessage(HttpMethod.Post, At("/oauth2/v3/token"))
            {
                Content = ProviderContent.Form(
                    ("grant_type", "client_credentials"),
                    ("client_id", channelId),
                    ("client_secret", account.Credential(LineCredentials.ChannelSecret).Reveal())),
            },
            answer => Read(answer, LineJson.Default.LineTokenInfo, token => token.ExpiresIn is not null, () => LineErrors.OfOAuth(answer, account)),
            cancellationToken);

    private static ProviderResult<T> Read<T>(ProviderAnswer answer, JsonTypeInfo<T> type, Func<T, bool> isComplete, Func<ProviderFailure> refused)
        where T : notnull
    {
        if (!answer.IsSuccess)
        {
            return refused();
        }

        return answer.TryReadJson(type, out var value) && isComplete(value) ? value : LineErrors.NotLines(answer);
    }

    private async Task<ProviderResult<T>> CallAsync<T>(
        ProviderAccount account, string operation, HttpRequestMessage request, Func<ProviderAnswer, ProviderResult<T>> read, CancellationToken cancellationToken)
        where T : notnull
    {
        using (request)
        {
            var call = new ProviderCall(Provider, operation, account.BudgetKey) { RequestIdHeader = "x-line-request-id" };
            return await http.SendAsync(call, request, read, cancellationToken);
        }
    }

    private HttpRequestMessage Authorized(HttpMethod method, string path, ProviderAccount account, string? endpoint = null)
    {
        var request = new HttpRequestMessage(method, At(path))
        {
            Content = endpoint is null ? null : ProviderContent.Json(new LineEndpointRequest(endpoint), LineJson.Default.LineEndpointRequest),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token(account));
        return request;
    }

    private Uri At(string path) => new(http.BaseAddress(Provider, PublicAddress).AbsoluteUri.TrimEnd('/') + path);

    private static string Token(ProviderAccount account) => account.Credential(LineCredentials.ChannelAccessToken).Reveal();
}
