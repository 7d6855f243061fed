using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using MessengerOperator.ProviderSimulator.Accounts;
using MessengerOperator.ProviderSimulator.Faults;

namespace MessengerOperator.ProviderSimulator.Nexmo;

/// <summary>Vonage's two hosts on one address, since their paths differ: rest.nexmo.com and api.nexmo.com.</summary>
internal sealed class NexmoModule(SimulatorState state) : ProviderModule<NexmoCall>(state)
{
    public const string ProviderName = "Nexmo";
    private const string Basic = "Basic ";
    private const string Bearer = "Bearer ";

    public override string Name => ProviderName;

    public override IReadOnlyDictionary<string, Fault> FaultPresets => NexmoFaults.Presets;

    public override bool Owns(PathString path) => NexmoRoute.Of(path) is not null;

    public override SimulatedAccount CreateAccount(AccountRequest request)
    {
        if (request.LocalMode)
        {
            throw new FormatException("Vonage takes http and any port already.");
        }

        var apiKey = request.Id ?? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));
        return apiKey.Length > 0 && apiKey.All(char.IsAsciiLetterOrDigit)
            ? new NexmoAccount(apiKey, request.Token ?? "ABCDEFGH01234abc", request, State)
            : throw new FormatException("An API key is letters and digits.");
    }

    protected override async ValueTask<NexmoCall> IdentifyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var route = NexmoRoute.Of(request.Path)!;
        var parameters = await ParametersAsync(request, cancellationToken);
        var (key, secret) = Login(request.Headers.Authorization.ToString(), parameters, route.IsLegacy);
        parameters.Remove("api_key");
        parameters.Remove("api_secret");
        var owner = key is not null && State.Accounts.Find(key) is NexmoAccount account && account.Accepts(secret ?? "") ? account : null;
        var method = route.MethodOf(request.Method, parameters);
        var token = request.Headers.Authorization.ToString() is var header && header.StartsWith(Bearer, StringComparison.Ordinal) ? header[Bearer.Length..] : null;
        if (token is not null && route.TakesTokens && NexmoJwt.ApplicationOf(token) is { } application && OwnerOf(application) is { } signer
            && NexmoJwt.IsGood(token, signer.Applications.PublicKey(application), State.Time.Now))
        {
            return new NexmoCall(method, signer, signer.Id, route.IsLegacy, route.Subject, parameters) { Application = application };
        }

        return new NexmoCall(method, owner, key ?? "(nobody)", route.IsLegacy, route.Subject, parameters);
    }

    protected override async Task<IProviderAnswer> AnswerAsync(HttpRequest request, NexmoCall call, CancellationToken cancellationToken)
    {
        if (call.Method == NexmoRoute.NotAllowed)
        {
            return NexmoAnswer.MethodNotAllowed(call.IsLegacy);
        }

        // The key in the path is looked up before the secret is compared.
        if (call.Method == "getSecrets" && State.Accounts.Find(call.Subject) is not NexmoAccount)
        {
            return NexmoAnswer.NoSuchKey(call.Subject);
        }

        if (call.Owner is not { } account)
        {
            return NexmoAnswer.Unauthorized(call.IsLegacy);
        }

        return account.Settings.IsOn(NexmoSetting.Suspended) ? NexmoAnswer.Suspended(call.IsLegacy) : await AnswerAsync(request, call, account, cancellationToken);
    }

    protected override IProviderAnswer Refusal(Fault fault) => throw new NotSupportedException();

    protected override IProviderAnswer Refusal(Fault fault, NexmoCall call)
    {
        var status = FaultAnswer.StatusOf(fault);
        var title = fault.Description ?? "Staged error";
        return new NexmoRefusal(call.IsLegacy ? NexmoAnswer.Legacy(status, title) : NexmoAnswer.Problem(status, fault.Code ?? "staged", title, title), fault.RetryAfterSeconds);
    }

    private async Task<IProviderAnswer> AnswerAsync(HttpRequest request, NexmoCall call, NexmoAccount account, CancellationToken cancellationToken) => call.Method switch
    {
        "getBalance" => NexmoAnswer.Ok(new JsonObject { ["value"] = 10.28, ["autoReload"] = false }),
        "getSettings" or "setSettings" => await account.Webhooks.SettingsAsync(call, cancellationToken),
        "getNumbers" => NexmoAnswer.Ok(account.Numbers.Search(call)),
        "updateNumber" => await account.Webhooks.UpdateNumberAsync(call, cancellationToken),
        "sendSms" => NexmoSending.Sms(account, call, State.Time.Now),
        "getSecrets" when call.Subject != account.Id => NexmoAnswer.NoSuchKey(call.Subject),
        "getSecrets" => NexmoAnswer.Ok(Secrets(account)),
        "sendMessage" => await NexmoSending.MessageAsync(account, request, State.Time.Now, cancellationToken),
        _ when account.Applications.Show(call.Subject) is { } shown => await ApplicationAsync(request, call, account, shown, cancellationToken),
        _ => NexmoAnswer.NoSuchApplication(call.Subject),
    };

    private async Task<IProviderAnswer> ApplicationAsync(HttpRequest request, NexmoCall call, NexmoAccount account, JsonObject shown, CancellationToken cancellationToken)
    {
        if (call.Method == "getApplication")
        {
            return NexmoAnswer.Ok(shown);
        }

        if (call.Method == "deleteApplication")
        {
            return Delete(account, call);
        }

        if (request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) != true)
        {
            return NexmoAnswer.Problem(StatusCodes.Status415UnsupportedMediaType, "unsupported-media-type", "Unsupported Media Type", "Send application/json.");
        }

        using var reader = new StreamReader(request.Body);
        return await account.Webhooks.PutApplicationAsync(call, await reader.ReadToEndAsync(cancellationToken), cancellationToken);
    }

    // Nothing brings an application and its key back: no client of ours may ever do that.
    private JsonAnswer Delete(NexmoAccount account, NexmoCall call)
    {
        account.Applications.Delete(call.Subject);
        account.Record(new Violation(State.Time.Now, call.Subject, "The application was deleted."));
        return new JsonAnswer(StatusCodes.Status204NoContent);
    }

    private static JsonObject Secrets(NexmoAccount account)
    {
        var secrets = new JsonArray();
        for (var number = 1; number <= (account.Settings[NexmoSetting.SecondApiSecret].Length > 0 && account.Token is not null ? 2 : 1); number++)
        {
            var id = $"11111111-aaaa-bbbb-cccc-{number:D12}";
            secrets.Add((JsonNode)new JsonObject { ["_links"] = Self($"/accounts/{account.Id}/secrets/{id}"), ["id"] = id, ["created_at"] = "2026-01-02T10:00:00Z" });
        }

        return new JsonObject { ["_links"] = Self($"/accounts/{account.Id}/secrets"), ["_embedded"] = new JsonObject { ["secrets"] = secrets } };
    }

    private static JsonObject Self(string href) => new() { ["self"] = new JsonObject { ["href"] = href } };

    private NexmoAccount? OwnerOf(string application) => State.Accounts.All.OfType<NexmoAccount>().FirstOrDefault(account => account.Applications.Ids.Contains(application));

    private static async Task<Dictionary<string, string>> ParametersAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var parameters = request.Query.ToDictionary(parameter => parameter.Key, parameter => parameter.Value.ToString(), StringComparer.Ordinal);
        if (request.HasFormContentType)
        {
            foreach (var (name, value) in await request.ReadFormAsync(cancellationToken))
            {
                parameters[name] = value.ToString();
            }
        }

        return parameters;
    }

    private static (string? Key, string? Secret) Login(string authorization, Dictionary<string, string> parameters, bool isLegacy)
    {
        if (authorization.StartsWith(Basic, StringComparison.Ordinal))
        {
            var decoded = new byte[authorization.Length];
            return Convert.TryFromBase64String(authorization[Basic.Length..], decoded, out var length)
                && Encoding.UTF8.GetString(decoded, 0, length).Split(':', 2) is [var key, var secret]
                    ? (key, secret)
                    : (null, null);
        }

        return isLegacy ? (parameters.GetValueOrDefault("api_key"), parameters.GetValueOrDefault("api_secret")) : (null, null);
    }
}
