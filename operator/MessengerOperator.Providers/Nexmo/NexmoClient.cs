using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MessengerOperator.Providers.Accounts;
using MessengerOperator.Providers.Http;

namespace MessengerOperator.Providers.Nexmo;

/// <summary>One method per call that we make; the legacy API first, then the newer ones.</summary>
internal sealed class NexmoClient(ProviderHttp http)
{
    private const string Provider = "Nexmo";
    private const int NumbersPerPage = 10;

    private const string UnknownKey = "Vonage has no account with the API key in spec.nexmo.apiKey; correct it.";
    private const string UnknownApplication =
        "Vonage has no application with the id in spec.nexmo.applicationId in this account, or does not let the API key see it; correct the id or the key.";

    private const string ProbeFailed =
        "Vonage calls the URL when it is set and takes it only with the answer 200, which it did not get, or it refuses the change for this number; see that the public URL is reachable from the internet.";

    /// <summary>Reads the account's settings: the call without parameters changes nothing.</summary>
    public Task<ProviderResult<NexmoAccountSettings>> GetAccountSettingsAsync(NexmoLogin login, CancellationToken cancellationToken) =>
        PostAsync(login, "account/settings", "getSettings", fields: [], new(), NexmoJson.Default.NexmoAccountSettings, cancellationToken);

    /// <summary>Changes the URLs that are given; an empty one is removed. Vonage calls each first. The capital B is the documented spelling.</summary>
    public Task<ProviderResult<NexmoAccountSettings>> SetAccountSettingsAsync(NexmoLogin login, string? inboundUrl, string? statusUrl, CancellationToken cancellationToken) =>
        PostAsync(
            login,
            "account/settings",
            "setSettings",
            Given(("moCallBackUrl", inboundUrl), ("drCallBackUrl", statusUrl)),
            new(Refused: ProbeFailed),
            NexmoJson.Default.NexmoAccountSettings,
            cancellationToken);

    /// <summary>Reads the numbers of the account that begin with these digits.</summary>
    public Task<ProviderResult<NexmoOwnedNumbers>> GetNumbersAsync(NexmoLogin login, string msisdn, CancellationToken cancellationToken) => SendAsync(
        login,
        HttpMethod.Get,
        $"account/numbers?pattern={Uri.EscapeDataString(msisdn)}&search_pattern=0&size={NumbersPerPage}",
        "getNumbers",
        content: null,
        new(),
        answer => Read(answer, NexmoJson.Default.NexmoOwnedNumbers),
        cancellationToken);

    /// <summary>
    /// Sets the URL of a number; an empty one removes it. All else is sent back as it was read, because Vonage does not say whether it keeps what is left out.
    /// </summary>
    public Task<ProviderResult<JsonElement>> UpdateNumberAsync(NexmoLogin login, NexmoOwnedNumber number, string inboundUrl, CancellationToken cancellationToken) => PostAsync(
        login,
        "number/update",
        "updateNumber",
        Given(
            ("country", number.Country),
            ("msisdn", number.Msisdn),
            ("moHttpUrl", inboundUrl),
            ("app_id", number.ApplicationId),
            ("moSmppSysType", number.SmppSystemType),
            ("voiceCallbackType", number.VoiceCallbackType),
            ("voiceCallbackValue", number.VoiceCallbackValue),
            ("voiceStatusCallback", number.VoiceStatusCallback)),
        new(Refused: ProbeFailed),
        NexmoJson.Default.JsonElement,
        cancellationToken);

    /// <summary>Lists the account's secrets, of which Vonage shows only ids. The API key is in the path, so that a wrong one is told from a wrong secret.</summary>
    public Task<ProviderResult<JsonElement>> GetSecretsAsync(NexmoLogin login, CancellationToken cancellationToken) => SendAsync(
        login,
        HttpMethod.Get,
        $"accounts/{Uri.EscapeDataString(login.ApiKey)}/secrets",
        "getSecrets",
        content: null,
        new(NotFound: UnknownKey),
        answer => Read(answer, NexmoJson.Default.JsonElement),
        cancellationToken);

    /// <summary>Reads an application.</summary>
    public Task<ProviderResult<NexmoApplication>> GetApplicationAsync(NexmoLogin login, string id, CancellationToken cancellationToken) =>
        SendApplicationAsync(login, HttpMethod.Get, id, "getApplication", content: null, cancellationToken);

    /// <summary>Replaces an application by <paramref name="application"/>.</summary>
    public Task<ProviderResult<NexmoApplication>> PutApplicationAsync(NexmoLogin login, string id, NexmoApplication application, CancellationToken cancellationToken)
    {
        var content = new ByteArrayContent(application.ToUtf8());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return SendApplicationAsync(login, HttpMethod.Put, id, "putApplication", content, cancellationToken);
    }

    private Task<ProviderResult<NexmoApplication>> SendApplicationAsync(
        NexmoLogin login, HttpMethod method, string id, string operation, HttpContent? content, CancellationToken cancellationToken) => SendAsync(
            login,
            method,
            $"v2/applications/{Uri.EscapeDataString(id)}",
            operation,
            content,
            new(NotFound: UnknownApplication),
            ReadApplication,
            cancellationToken);

    private Task<ProviderResult<T>> PostAsync<T>(
        NexmoLogin login,
        string path,
        string operation,
        IEnumerable<KeyValuePair<string, string>> fields,
        NexmoCallAdvice advice,
        JsonTypeInfo<T> type,
        CancellationToken cancellationToken)
        where T : notnull =>
        SendAsync(login, HttpMethod.Post, path, operation, new FormUrlEncodedContent(fields), advice, answer => Read(answer, type), cancellationToken);

    private async Task<ProviderResult<T>> SendAsync<T>(
        NexmoLogin login,
        HttpMethod method,
        string path,
        string operation,
        HttpContent? content,
        NexmoCallAdvice advice,
        Func<ProviderAnswer, ProviderResult<T>> read,
        CancellationToken cancellationToken)
        where T : notnull
    {
        using var request = new HttpRequestMessage(method, login.Address(path)) { Content = content };
        request.Headers.Authorization = login.Authorization();
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        return await http.SendAsync(
            new ProviderCall(Provider, operation, login.Account.BudgetKey),
            request,
            answer => NexmoErrors.Of(answer, login.Account, advice) is { } failure ? failure : read(answer),
            cancellationToken);
    }

    private static ProviderResult<T> Read<T>(ProviderAnswer answer, JsonTypeInfo<T> type)
        where T : notnull => answer.TryReadJson(type, out var value) ? value : NexmoErrors.NotVonage(answer);

    private static ProviderResult<NexmoApplication> ReadApplication(ProviderAnswer answer) =>
        NexmoApplication.Read(answer.Body.Span) is { } application ? application : NexmoErrors.NotVonage(answer);

    private static IEnumerable<KeyValuePair<string, string>> Given(params (string Name, string? Value)[] fields) =>
        from field in fields
        where field.Value is not null
        select new KeyValuePair<string, string>(field.Name, field.Value);
}
