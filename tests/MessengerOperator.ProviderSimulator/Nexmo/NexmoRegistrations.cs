using System.Text.Json.Nodes;
using MessengerOperator.ProviderSimulator.Accounts;

namespace MessengerOperator.ProviderSimulator.Nexmo;

/// <summary>The webhooks of an account in the three places where Vonage keeps them: the account, its numbers, its applications.</summary>
internal sealed class NexmoRegistrations(NexmoAccount account, SimulatorState state)
{
    private const string ApplicationPrefix = "application/";
    private const string StatusUrl = "statusUrl";
    private const string Unreachable = "callback url did not answer with 200";
    private const int LegacyRefused = 420;

    private readonly Lock _gate = new();
    private string _inboundUrl = "";
    private string _statusUrl = "";
    private DateTimeOffset _setAt;

    /// <summary>Where the account's messages go; empty for nowhere.</summary>
    public string InboundUrl => Locked(() => _inboundUrl);

    /// <summary>Every webhook that is set.</summary>
    public IReadOnlyList<Registration> All =>
    [
        .. new[] { OfAccount() }.OfType<Registration>(),
        .. account.Numbers.All.Where(number => number.InboundUrl.Length > 0).Select(number => new Registration { Url = number.InboundUrl, Scope = number.Scope, SetAt = number.SetAt }),
        .. account.Applications.Ids.Where(id => account.Applications.InboundUrl(id).Length > 0).Select(OfApplication),
    ];

    /// <summary>The webhook that decides where most goes: by the dashboard's switch the first application's, or the account's and else the first number's.</summary>
    public Registration? Current => account.UsesMessages
        ? All.FirstOrDefault(registration => registration.Scope.StartsWith(ApplicationPrefix, StringComparison.Ordinal))
        : All.FirstOrDefault(registration => !registration.Scope.StartsWith(ApplicationPrefix, StringComparison.Ordinal));

    /// <summary>Where an SMS to this number goes: to the number's own webhook, else to the account's. Empty for nowhere.</summary>
    public string InboundOf(string msisdn) =>
        account.Numbers.All.FirstOrDefault(number => number.Msisdn == msisdn)?.InboundUrl is { Length: > 0 } own ? own : InboundUrl;

    /// <summary>Where delivery receipts go.</summary>
    public string ReceiptUrl => Locked(() => _statusUrl);

    /// <summary><c>account/settings</c>: shows, and changes first what is given. Each URL is called before it is taken.</summary>
    public async Task<IProviderAnswer> SettingsAsync(NexmoCall call, CancellationToken cancellationToken)
    {
        var inbound = call["moCallBackUrl"] ?? (account.Settings.IsOn(NexmoSetting.LenientSpelling) ? call["moCallbackUrl"] : null);
        var status = call["drCallBackUrl"] ?? (account.Settings.IsOn(NexmoSetting.LenientSpelling) ? call["drCallbackUrl"] : null);
        if (inbound is null && status is null)
        {
            return NexmoAnswer.Ok(Settings());
        }

        var taken = await AreTakenAsync([inbound, status], cancellationToken);
        if (taken)
        {
            SetAccount(inbound, status);
        }

        IProviderAnswer answer = taken ? NexmoAnswer.Ok(Settings()) : NexmoAnswer.Legacy(LegacyRefused, Unreachable);
        Record(RegistrationActor.Client, call, scope: "", inbound is "" or null && status is "" or null, answer.Status);
        return answer;
    }

    /// <summary><c>number/update</c>: sets all that is given, and clears all that is not.</summary>
    public async Task<IProviderAnswer> UpdateNumberAsync(NexmoCall call, CancellationToken cancellationToken)
    {
        if (account.Numbers.Find(call["country"], call["msisdn"]) is not { } number)
        {
            return NexmoAnswer.Legacy(LegacyRefused, "method failed");
        }

        var url = call["moHttpUrl"] ?? "";
        var taken = await AreTakenAsync([url], cancellationToken);
        if (taken)
        {
            account.Numbers.Replace(new NexmoNumber(number.Country, number.Msisdn)
            {
                InboundUrl = url,
                Application = call["app_id"] ?? "",
                VoiceCallbackType = call["voiceCallbackType"] ?? "",
                VoiceCallbackValue = call["voiceCallbackValue"] ?? "",
                VoiceStatusCallback = call["voiceStatusCallback"] ?? "",
                SmppSystemType = call["moSmppSysType"] ?? "",
                SetAt = state.Time.Now,
            });
        }

        IProviderAnswer answer = taken ? NexmoAnswer.Legacy(StatusCodes.Status200OK, "success") : NexmoAnswer.Legacy(LegacyRefused, Unreachable);
        Record(RegistrationActor.Client, call, number.Scope, url.Length == 0, answer.Status);
        return answer;
    }

    /// <summary>Replaces an application. Nothing is called.</summary>
    public async Task<IProviderAnswer> PutApplicationAsync(NexmoCall call, string body, CancellationToken cancellationToken)
    {
        var answer = account.Applications.Put(call.Subject, body, state.Time.Now);
        var urls = new[] { account.Applications.InboundUrl(call.Subject), account.Applications.StatusUrl(call.Subject) };
        await OpenAsync(urls, cancellationToken);
        Record(RegistrationActor.Client, call with { Parameters = new Dictionary<string, string> { ["body"] = body } }, ApplicationPrefix + call.Subject, urls[0].Length == 0, answer.Status);
        return answer;
    }

    /// <summary>Sets a webhook as somebody else does in the dashboard, where nothing is called first.</summary>
    public async Task OverwriteAsync(WebhookChange change, CancellationToken cancellationToken)
    {
        var scope = change.Scope ?? Current?.Scope ?? "";
        var inbound = change.Url ?? All.FirstOrDefault(registration => registration.Scope == scope)?.Url ?? throw new FormatException("There is no webhook whose settings could drift; give a url.");
        var status = change.Settings.GetValueOrDefault(StatusUrl) ?? (change.Url is null ? StatusOf(scope) : inbound);
        if (new[] { inbound, status }.Any(url => url.Length > 0 && !NexmoConnections.IsUrl(url)))
        {
            throw new FormatException("The url does not parse.");
        }

        await OpenAsync([inbound, status], cancellationToken);
        Apply(scope, inbound, status);
        account.Record(new RegistrationEvent(state.Time.Now, RegistrationActor.SomebodyElse, RegistrationChange.Set, "dashboard", new Dictionary<string, string> { ["url"] = inbound, [StatusUrl] = status }, StatusCodes.Status200OK, "set") { Scope = scope });
        account.Queue.Wake();
    }

    /// <summary>Takes the webhook that counts away, as somebody else does in the dashboard.</summary>
    public void Remove()
    {
        var scope = Current?.Scope ?? "";
        Apply(scope, "", "");
        account.Record(new RegistrationEvent(state.Time.Now, RegistrationActor.SomebodyElse, RegistrationChange.Removed, "dashboard", new Dictionary<string, string>(), StatusCodes.Status200OK, "removed") { Scope = scope });
    }

    private void Apply(string scope, string inbound, string status)
    {
        if (scope.StartsWith(ApplicationPrefix, StringComparison.Ordinal))
        {
            account.Applications.SetAddresses(scope[ApplicationPrefix.Length..], inbound, status, state.Time.Now);
        }
        else if (account.Numbers.All.FirstOrDefault(number => number.Scope == scope) is { } number)
        {
            account.Numbers.Replace(number with { InboundUrl = inbound, SetAt = state.Time.Now });
        }
        else
        {
            SetAccount(inbound, status);
        }
    }

    private string StatusOf(string scope) => scope.StartsWith(ApplicationPrefix, StringComparison.Ordinal)
        ? account.Applications.StatusUrl(scope[ApplicationPrefix.Length..])
        : ReceiptUrl;

    private async Task<bool> AreTakenAsync(IEnumerable<string?> urls, CancellationToken cancellationToken)
    {
        foreach (var url in urls.OfType<string>().Where(url => url.Length > 0).Distinct())
        {
            if (!NexmoConnections.IsUrl(url) || (account.Settings.IsOn(NexmoSetting.Probes) && !await account.Connections.AnswersAsync(url, cancellationToken)))
            {
                return false;
            }

            await account.Connections.OpenAsync(url, cancellationToken);
        }

        return true;
    }

    private async Task OpenAsync(IEnumerable<string> urls, CancellationToken cancellationToken)
    {
        foreach (var url in urls.Where(NexmoConnections.IsUrl))
        {
            await account.Connections.OpenAsync(url, cancellationToken);
        }
    }

    private void SetAccount(string? inbound, string? status)
    {
        lock (_gate)
        {
            (_inboundUrl, _statusUrl, _setAt) = (inbound ?? _inboundUrl, status ?? _statusUrl, state.Time.Now);
        }
    }

    private JsonObject Settings() => Locked(() => new JsonObject
    {
        ["mo-callback-url"] = _inboundUrl,
        ["dr-callback-url"] = _statusUrl,
        ["max-outbound-request"] = 30,
        ["max-inbound-request"] = 30,
        ["max-calls-per-second"] = 30,
    });

    private Registration? OfAccount() => Locked(() => _inboundUrl.Length == 0 && _statusUrl.Length == 0
        ? null
        : new Registration { Url = _inboundUrl, Settings = new Dictionary<string, string> { [StatusUrl] = _statusUrl }, SetAt = _setAt });

    private Registration OfApplication(string id) => new()
    {
        Url = account.Applications.InboundUrl(id),
        Scope = ApplicationPrefix + id,
        Settings = new Dictionary<string, string> { [StatusUrl] = account.Applications.StatusUrl(id) },
        SetAt = account.Applications.SetAt(id),
    };

    private void Record(RegistrationActor actor, NexmoCall call, string scope, bool removes, int status)
    {
        var change = removes ? RegistrationChange.Removed : RegistrationChange.Set;
        var words = status == StatusCodes.Status200OK ? "success" : "refused";
        account.Record(new RegistrationEvent(state.Time.Now, actor, change, call.Method, call.Parameters, status, words) { Scope = scope });
        account.Queue.Wake();
    }

    private T Locked<T>(Func<T> read)
    {
        lock (_gate)
        {
            return read();
        }
    }
}
