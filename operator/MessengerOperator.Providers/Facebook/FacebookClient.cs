using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json.Serialization.Metadata;
using MessengerOperator.Providers.Accounts;
using MessengerOperator.Providers.Http;

namespace MessengerOperator.Providers.Facebook;

/// <summary>One method per Graph API call that we make.</summary>
internal sealed class FacebookClient(ProviderHttp http)
{
    /// <summary>The version that every call names. Versions live about two years.</summary>
    public const string ApiVersion = "v26.0";

    private const string Provider = "Facebook";
    private const string ProductOfPages = "page";

    private static readonly Uri PublicAddress = new("https://graph.facebook.com");

    /// <summary>How much of their quotas the apps have used.</summary>
    public FacebookUsage Usage { get; } = new(http.Time);

    /// <summary>The page that the token is of. Only pages have a category, so that a person's token is an error.</summary>
    public Task<ProviderResult<FacebookPage>> GetPageAsync(ProviderAccount account, CancellationToken cancellationToken) =>
        GetAsync(new(FacebookCall.Me, account), "me", [("fields", "id,name,username,category")], FacebookJson.Default.FacebookPage, cancellationToken);

    /// <summary>Whoever the token is of, a page or a person.</summary>
    public Task<ProviderResult<FacebookPage>> GetNodeAsync(ProviderAccount account, CancellationToken cancellationToken) =>
        GetAsync(new(FacebookCall.Me, account), "me", [("fields", "id,name")], FacebookJson.Default.FacebookPage, cancellationToken);

    public Task<ProviderResult<FacebookTokenInspection>> InspectTokenAsync(ProviderAccount account, string appId, CancellationToken cancellationToken) => GetAsync(
        new(FacebookCall.DebugToken, account, appId),
        "debug_token",
        [("input_token", account.Credential(FacebookCredentials.PageAccessToken).Reveal())],
        FacebookJson.Default.FacebookTokenInspection,
        cancellationToken);

    public Task<ProviderResult<FacebookAppSubscriptions>> GetAppSubscriptionsAsync(ProviderAccount account, string appId, CancellationToken cancellationToken) =>
        GetAsync(new("app_subscriptions_get", account, appId), $"{appId}/subscriptions", [], FacebookJson.Default.FacebookAppSubscriptions, cancellationToken);

    /// <summary>Sets the app's webhook. Before it answers, Facebook calls the URL with the token.</summary>
    public Task<ProviderResult<FacebookChange>> SetAppSubscriptionAsync(
        ProviderAccount account, string appId, WebhookTarget target, CancellationToken cancellationToken) => PostAsync(
            new("app_subscriptions_set", account, appId),
            $"{appId}/subscriptions",
            [
                ("object", ProductOfPages),
                ("callback_url", target.Url.AbsoluteUri),
                ("verify_token", target.Token.Reveal()),
                ("include_values", "true"),
                ("fields", FacebookFields.Parameter),
            ],
            cancellationToken);

    public Task<ProviderResult<FacebookChange>> DeleteAppSubscriptionAsync(ProviderAccount account, string appId, CancellationToken cancellationToken) =>
        DeleteAsync(new("app_subscriptions_delete", account, appId), $"{appId}/subscriptions", [("object", ProductOfPages)], cancellationToken);

    public Task<ProviderResult<FacebookSubscribedApps>> GetSubscribedAppsAsync(ProviderAccount account, string pageId, CancellationToken cancellationToken) =>
        GetAsync(new("subscribed_apps_get", account), $"{pageId}/subscribed_apps", [], FacebookJson.Default.FacebookSubscribedApps, cancellationToken);

    public Task<ProviderResult<FacebookChange>> SubscribeAsync(ProviderAccount account, string pageId, CancellationToken cancellationToken) =>
        PostAsync(new("subscribed_apps_set", account), $"{pageId}/subscribed_apps", [("subscribed_fields", FacebookFields.Parameter)], cancellationToken);

    /// <summary>Ends the subscription of the app that the page's token was made for, and of no other.</summary>
    public Task<ProviderResult<FacebookChange>> UnsubscribeAsync(ProviderAccount account, string pageId, CancellationToken cancellationToken) =>
        DeleteAsync(new("subscribed_apps_delete", account), $"{pageId}/subscribed_apps", [], cancellationToken);

    /// <summary>The app's webhook for pages among those for Meta's other products; null when there is none.</summary>
    public static FacebookAppSubscription? OfPages(FacebookAppSubscriptions subscriptions) =>
        subscriptions.Data.FirstOrDefault(subscription => subscription.Object == ProductOfPages);

    private Task<ProviderResult<T>> GetAsync<T>(
        FacebookCall call, string path, (string Name, string Value)[] parameters, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : notnull => SendAsync(call, HttpMethod.Get, AddressOf(path, [.. parameters, Proof(call)]), content: null, type, cancellationToken);

    private Task<ProviderResult<FacebookChange>> PostAsync(
        FacebookCall call, string path, (string Name, string Value)[] parameters, CancellationToken cancellationToken) =>
        ChangeAsync(call, HttpMethod.Post, AddressOf(path, []), ProviderContent.Form([.. parameters, Proof(call)]), cancellationToken);

    private Task<ProviderResult<FacebookChange>> DeleteAsync(
        FacebookCall call, string path, (string Name, string Value)[] parameters, CancellationToken cancellationToken) =>
        ChangeAsync(call, HttpMethod.Delete, AddressOf(path, [.. parameters, Proof(call)]), content: null, cancellationToken);

    private async Task<ProviderResult<FacebookChange>> ChangeAsync(
        FacebookCall call, HttpMethod method, string address, HttpContent? content, CancellationToken cancellationToken)
    {
        var result = await SendAsync(call, method, address, content, FacebookJson.Default.FacebookChange, cancellationToken);
        return result.TryGet(out var change, out _) && !change.Success
            ? new ProviderFailure.Unavailable("Facebook answered without success and without an error")
            : result;
    }

    private async Task<ProviderResult<T>> SendAsync<T>(
        FacebookCall call, HttpMethod method, string address, HttpContent? content, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : notnull
    {
        using var request = new HttpRequestMessage(method, address) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", call.Token.Reveal());
        return await http.SendAsync(call.Charged, request, answer => Read(call, answer, type), cancellationToken);
    }

    private ProviderResult<T> Read<T>(FacebookCall call, ProviderAnswer answer, JsonTypeInfo<T> type)
        where T : notnull
    {
        Usage.Note(call.Charged.BudgetKey, answer);
        if (answer.TryReadJson(FacebookJson.Default.FacebookAnswer, out var failed) && failed.Error is { } error)
        {
            return FacebookErrors.Classify(error, call, answer);
        }

        return answer.IsSuccess && answer.TryReadJson(type, out var value)
            ? value
            : new ProviderFailure.Unavailable($"HTTP {answer.Status} with an answer that is not the Graph API's");
    }

    private string AddressOf(string path, (string Name, string Value)[] parameters)
    {
        var address = $"{http.BaseAddress(Provider, PublicAddress).AbsoluteUri.TrimEnd('/')}/{ApiVersion}/{path}";
        return parameters.Length == 0
            ? address
            : $"{address}?{string.Join('&', parameters.Select(parameter => $"{parameter.Name}={Uri.EscapeDataString(parameter.Value)}"))}";
    }

    // Says that whoever holds the token holds the app's secret too. Apps may demand it, none minds it.
    private static (string Name, string Value) Proof(FacebookCall call) => (
        "appsecret_proof",
        Convert.ToHexStringLower(HMACSHA256.HashData(call.Account.Credential(FacebookCredentials.AppSecret).RevealUtf8(), call.Token.RevealUtf8())));
}
