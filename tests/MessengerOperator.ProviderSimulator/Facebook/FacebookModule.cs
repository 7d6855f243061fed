using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using MessengerOperator.ProviderSimulator.Accounts;
using MessengerOperator.ProviderSimulator.Faults;

namespace MessengerOperator.ProviderSimulator.Facebook;

/// <summary>The Graph API as far as Messenger needs it: <c>/{version}/me</c>, <c>debug_token</c>, <c>{app}/subscriptions</c>, <c>{page}/subscribed_apps</c>, <c>{page}/messages</c>.</summary>
internal sealed partial class FacebookModule(SimulatorState state) : ProviderModule<FacebookCall>(state)
{
    public const string ProviderName = "Facebook";

    private const long FirstPageId = 110_000_000_000_001;
    private const string TokenAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private readonly ConcurrentDictionary<string, FacebookApp> _apps = new(StringComparer.Ordinal);

    public override string Name => ProviderName;

    public override IReadOnlyDictionary<string, Fault> FaultPresets => FacebookFaults.Presets;

    public override bool Owns(PathString path) => VersionedPath.IsMatch(path.Value ?? string.Empty);

    public override SimulatedAccount CreateAccount(AccountRequest request)
    {
        var settings = new AccountSettings(FacebookSettings.Keys, request.Settings);
        var id = request.Id ?? FreePageId();
        if (!long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            throw new FormatException("A page's id has digits only.");
        }

        if (request.Token?.Contains('|', StringComparison.Ordinal) == true)
        {
            throw new FormatException("A page's token has no vertical bar; an app's has.");
        }

        var secret = settings[FacebookSettings.AppSecret];
        var app = _apps.GetOrAdd(
            settings[FacebookSettings.AppId], appId => new FacebookApp(appId, secret.Length > 0 ? secret : RandomNumberGenerator.GetHexString(32, lowercase: true), State));
        if (secret.Length > 0 && secret != app.Secret)
        {
            throw new FormatException($"The app {app.Id} has another secret.");
        }

        return new FacebookAccount(id, request.Token ?? "EAA" + RandomNumberGenerator.GetString(TokenAlphabet, 180), app, request, settings, LeaveAsync);
    }

    public override async ValueTask ResetAsync()
    {
        foreach (var id in _apps.Keys)
        {
            if (_apps.TryRemove(id, out var app))
            {
                await app.DisposeAsync();
            }
        }
    }

    protected override async ValueTask<FacebookCall> IdentifyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var arguments = await FacebookArguments.ReadAsync(request, cancellationToken);
        var segments = request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var (node, edge) = (segments.ElementAtOrDefault(1) ?? string.Empty, segments.ElementAtOrDefault(2) ?? string.Empty);
        var method = edge.Length == 0 ? node : edge is "subscriptions" or "subscribed_apps" ? $"{request.Method.ToLowerInvariant()}_{edge}" : edge;
        var token = TokenOf(request, arguments);
        var page = AccountFor(token, node, arguments);
        return new FacebookCall(method, page, token is null ? "(no token)" : AppOf(token) is { } app ? $"app/{app}" : "(unknown token)")
        {
            Version = segments[0],
            Node = node,
            Token = token,
            Arguments = arguments,
        };
    }

    protected override async Task<IProviderAnswer> AnswerAsync(HttpRequest request, FacebookCall call, CancellationToken cancellationToken)
    {
        var caller = call.Token is not null && AppOf(call.Token) is { } id ? _apps.GetValueOrDefault(id) : null;
        if (FacebookTokens.Refusal(call, caller) is { } refusal)
        {
            return refusal;
        }

        return (call.Method, call.IsApp) switch
        {
            ("me", true) => FacebookAnswer.Error(2500, "An active access token must be used to query information about the current user."),
            ("me", false) => call.Page!.Api.Me(call),
            ("debug_token", true) => FacebookTokens.Debug(call, caller!),
            ("debug_token", false) => FacebookAnswer.Error(100, "(#100) You must provide an app access token, or a user access token that is an owner or developer of the app"),
            ("get_subscriptions" or "post_subscriptions" or "delete_subscriptions", false) => FacebookAnswer.Error(15, "(#15) This method must be called with an app access_token."),
            ("get_subscriptions" or "post_subscriptions" or "delete_subscriptions", true) => call.Node != caller!.Id
                ? FacebookAnswer.NoSuchObject(call.Node)
                : await SubscriptionsAsync(caller.Subscriptions, call, cancellationToken),
            ("get_subscribed_apps" or "post_subscribed_apps" or "delete_subscribed_apps" or "messages", _) => FacebookTokens.NotThePage(call) ?? OfPage(call.Page!, call),
            _ => FacebookAnswer.Error(2500, $"Unknown path components: /{call.Node}"),
        };
    }

    protected override IProviderAnswer Refusal(Fault fault) => FacebookAnswer.Error(
        Number(fault.Code, fallback: 1), fault.Description ?? "An unknown error has occurred.", Number(fault.Subcode, fallback: 0), FaultAnswer.StatusOf(fault));

    protected override void AddHeaders(HttpResponse response, FacebookCall call)
    {
        if (call.IsApp && AppOf(call.Token!) is { } id && _apps.TryGetValue(id, out var app))
        {
            var used = app.NumberOf(FacebookSettings.AppUsage);
            response.Headers["X-App-Usage"] = string.Create(CultureInfo.InvariantCulture, $$"""{"call_count":{{used}},"total_cputime":1,"total_time":1}""");
        }
        else if (!call.IsApp && call.Page is { } page)
        {
            var used = page.Settings.NumberOf(FacebookSettings.PageUsage);
            var minutes = used >= 100 ? page.Settings.NumberOf(FacebookSettings.RegainAccessMinutes) : 0;
            response.Headers["X-Business-Use-Case-Usage"] = string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"{{page.Id}}":[{"type":"messenger","call_count":{{used}},"total_cputime":1,"total_time":1,"estimated_time_to_regain_access":{{minutes}}}]}""");
        }
    }

    private static async Task<JsonAnswer> SubscriptionsAsync(FacebookAppSubscriptions subscriptions, FacebookCall call, CancellationToken cancellationToken) => call.Method switch
    {
        "get_subscriptions" => subscriptions.Get(),
        "post_subscriptions" => await subscriptions.PostAsync(call, cancellationToken),
        _ => subscriptions.Delete(call),
    };

    private static JsonAnswer OfPage(FacebookAccount page, FacebookCall call) => call.Method switch
    {
        "get_subscribed_apps" => page.Api.Get(),
        "post_subscribed_apps" => page.Api.Post(call),
        "delete_subscribed_apps" => page.Api.Delete(call),
        _ => page.Messages.Send(call),
    };

    /// <summary>The page whose token it is or is asked about; what an app does for all its pages counts for the first.</summary>
    private FacebookAccount? AccountFor(string? token, string node, FacebookArguments arguments)
    {
        var asked = token is not null && AppOf(token) is not null ? arguments["input_token"] : token;
        return Pages().FirstOrDefault(page => page.LatestToken == asked) ?? (_apps.TryGetValue(node, out var app) && app.Pages is [var first, ..] ? first : null);
    }

    private IEnumerable<FacebookAccount> Pages() => State.Accounts.All.OfType<FacebookAccount>();

    private async ValueTask LeaveAsync(FacebookAccount page)
    {
        if (page.App.Leave(page) && _apps.TryRemove(new KeyValuePair<string, FacebookApp>(page.App.Id, page.App)))
        {
            await page.App.DisposeAsync();
        }
    }

    private string FreePageId()
    {
        var free = FirstPageId;
        while (State.Accounts.Find(free.ToString(CultureInfo.InvariantCulture)) is not null)
        {
            free++;
        }

        return free.ToString(CultureInfo.InvariantCulture);
    }

    private static string? TokenOf(HttpRequest request, FacebookArguments arguments) =>
        AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header) && header.Scheme is "Bearer" or "OAuth" ? header.Parameter : arguments["access_token"];

    private static string? AppOf(string token) => token.IndexOf('|', StringComparison.Ordinal) is var end and > 0 ? token[..end] : null;

    private static int Number(string? text, int fallback) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : fallback;

    [GeneratedRegex(@"\A/v[0-9]+\.[0-9]+/", RegexOptions.CultureInvariant)]
    private static partial Regex VersionedPath { get; }
}
