using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using MessengerOperator.ProviderSimulator.Accounts;
using MessengerOperator.ProviderSimulator.Delivery;
using MessengerOperator.ProviderSimulator.Network;

namespace MessengerOperator.ProviderSimulator.Facebook;

/// <summary><c>/{app}/subscriptions</c>: the app's webhook, checked at its registration.</summary>
internal sealed class FacebookAppSubscriptions(FacebookApp app)
{
    public const string Scope = "app";

    private const string Method = "subscriptions";
    private const string Product = "page";
    private const string CurrentVersion = "v26.0";
    private const int MaxConnections = 8;
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(5);

    public JsonAnswer Get()
    {
        var data = new JsonArray();
        if (app.Subscription is { } subscription)
        {
            data.Add((JsonNode)new JsonObject
            {
                ["object"] = Product,
                ["callback_url"] = subscription.Url,
                ["active"] = subscription.IsActive,
                ["fields"] = new JsonArray([.. subscription.Fields.Select(field => new JsonObject { ["name"] = field.Name, ["version"] = field.Version })]),
            });
        }

        return FacebookAnswer.Ok(new JsonObject { ["data"] = data });
    }

    public async Task<JsonAnswer> PostAsync(FacebookCall call, CancellationToken cancellationToken)
    {
        var (answer, subscription) = await CheckAsync(call, cancellationToken);
        var entry = Entry(RegistrationActor.Client, RegistrationChange.Set, call.Arguments.Values, answer);
        if (subscription is null)
        {
            app.Record(entry);
        }
        else
        {
            app.Replace(subscription, entry);
        }

        return answer;
    }

    public JsonAnswer Delete(FacebookCall call)
    {
        var answer = call.Arguments["object"] is null ? FacebookAnswer.Missing("object") : FacebookAnswer.Success;
        var entry = Entry(RegistrationActor.Client, RegistrationChange.Removed, call.Arguments.Values, answer);
        if (answer.Status != StatusCodes.Status200OK || call.Arguments["object"] != Product)
        {
            app.Record(entry);
            return answer;
        }

        var removed = call.Arguments.List("fields");
        var left = app.Subscription is { } now && removed.Count > 0 ? now.Fields.Where(field => !removed.Contains(field.Name)).ToList() : [];
        app.Replace(left.Count > 0 ? app.Subscription! with { Fields = left } : null, entry);
        return answer;
    }

    /// <summary>Sets the webhook, or some of it, as another administrator of the app: without a check of the URL.</summary>
    public async Task OverwriteAsync(WebhookChange change, CancellationToken cancellationToken)
    {
        var before = app.Subscription;
        var url = change.Url ?? before?.Url ?? throw new FormatException("There is no webhook whose settings could drift; give a url.");
        var parsed = Uri.TryCreate(url, UriKind.Absolute, out var given) ? given : throw new FormatException("The url does not parse.");
        // The other one's host need not exist here; what counts is what read-back shows.
        var connection = await WebhookConnection.OpenAsync(app.State, parsed, MaxConnections, cancellationToken)
            ?? new WebhookConnection(new WebhookEndpoint { Url = parsed, ConnectTo = new(System.Net.IPAddress.Loopback, 9), MaxConnections = MaxConnections }, app.State);
        var fields = change.AllowedUpdates?.Select(field => (field, CurrentVersion)).ToList() ?? before?.Fields ?? [(FacebookFields.Messages, CurrentVersion)];
        var active = change.Settings.TryGetValue("active", out var value) ? value == SettingKey.True : before?.IsActive ?? true;
        var subscription = new FacebookSubscription(url, change.SecretToken ?? before?.VerifyToken ?? string.Empty, fields, active, app.State.Time.Now, connection);
        app.Replace(subscription, Entry(RegistrationActor.SomebodyElse, RegistrationChange.Set, new Dictionary<string, string> { ["callback_url"] = url }, FacebookAnswer.Success));
    }

    /// <summary>Removes the webhook as another administrator of the app.</summary>
    public void Remove() =>
        app.Replace(null, Entry(RegistrationActor.SomebodyElse, RegistrationChange.Removed, new Dictionary<string, string>(), FacebookAnswer.Success));

    /// <summary>The webhook as the control API shows it; null when there is none.</summary>
    public Registration? Show() => app.Subscription is not { } subscription ? null : new Registration
    {
        Scope = Scope,
        Url = subscription.Url,
        SecretToken = subscription.VerifyToken,
        AllowedUpdates = [.. subscription.Fields.Select(field => field.Name)],
        Settings = new Dictionary<string, string> { ["active"] = subscription.IsActive ? SettingKey.True : SettingKey.False },
        SetAt = subscription.SetAt,
    };

    private async Task<(JsonAnswer Answer, FacebookSubscription? Subscription)> CheckAsync(FacebookCall call, CancellationToken cancellationToken)
    {
        var arguments = call.Arguments;
        foreach (var required in new[] { "object", "callback_url", "verify_token" })
        {
            if (arguments[required] is null)
            {
                return (FacebookAnswer.Missing(required), null);
            }
        }

        if (arguments["object"] != Product)
        {
            return (FacebookAnswer.Error(100, "(#100) The simulator has the object page only."), null);
        }

        var fields = arguments.List("fields");
        if (FacebookFields.Refusal("fields", fields) is { } refusal)
        {
            return (refusal, null);
        }

        var isLocal = app.Pages.Any(page => page.LocalMode);
        if (!Uri.TryCreate(arguments["callback_url"], UriKind.Absolute, out var url) || !(url.Scheme == Uri.UriSchemeHttps || (isLocal && url.Scheme == Uri.UriSchemeHttp)))
        {
            return (FacebookAnswer.Error(100, "(#100) Param callback_url must be a valid HTTPS URL"), null);
        }

        if (await ConnectAsync(url, isLocal, cancellationToken) is not { } connection)
        {
            return (Unreachable("Could not resolve host or not a public address"), null);
        }

        var verifyToken = arguments["verify_token"]!;
        if (await ProbeAsync(connection, url, verifyToken, cancellationToken) is { } failure)
        {
            connection.Dispose();
            return (failure, null);
        }

        var versioned = fields.Select(field => (field, call.Version)).ToList();
        return (FacebookAnswer.Success, new FacebookSubscription(arguments["callback_url"]!, verifyToken, versioned, IsActive: true, app.State.Time.Now, connection));
    }

    private async Task<WebhookConnection?> ConnectAsync(Uri url, bool isLocal, CancellationToken cancellationToken)
    {
        var resolution = await app.State.Names.ResolveAsync(url.IdnHost, cancellationToken);
        return resolution.Address is { } address && (isLocal || !ReservedAddresses.Contains(address))
            ? await WebhookConnection.OpenAsync(app.State, url, MaxConnections, cancellationToken)
            : null;
    }

    /// <summary>The unsigned check of the URL; null when the answer is the challenge and nothing else.</summary>
    private static async Task<JsonAnswer?> ProbeAsync(WebhookConnection connection, Uri url, string verifyToken, CancellationToken cancellationToken)
    {
        var challenge = RandomNumberGenerator.GetInt32(100_000_000, int.MaxValue).ToString(CultureInfo.InvariantCulture);
        var query = $"hub.mode=subscribe&hub.challenge={challenge}&hub.verify_token={Uri.EscapeDataString(verifyToken)}";
        var probe = new UriBuilder(url) { Query = url.Query.Length > 1 ? $"{url.Query[1..]}&{query}" : query }.Uri;
        var request = new WebhookRequest { Method = HttpMethod.Get, Url = probe, Headers = FacebookQueue.CommonHeaders, Timeout = ProbeTimeout };
        var answer = await connection.SendAsync(request, cancellationToken);
        return answer.Attempt.Status switch
        {
            null => Unreachable(answer.Attempt.Error ?? "no answer"),
            StatusCodes.Status200OK when answer.Body == challenge => null,
            StatusCodes.Status200OK => FacebookAnswer.Error(2201, $"(#2201) response does not match challenge, expected value=\"{challenge}\", received=\"{Start(answer.Body)}\""),
            var status => FacebookAnswer.Error(2200, $"(#2200) Callback verification failed with the following errors: HTTP Status Code = {status}; HTTP Message = {Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status.Value)}"),
        };
    }

    private static JsonAnswer Unreachable(string why) =>
        FacebookAnswer.Error(2200, $"(#2200) Callback verification failed with the following errors: HTTP Status Code = 0; HTTP Message = {why}");

    private static string Start(string body) => body.Length <= 10 ? body : body[..6] + "...";

    private RegistrationEvent Entry(RegistrationActor actor, RegistrationChange change, IReadOnlyDictionary<string, string> parameters, JsonAnswer answer) =>
        new(app.State.Time.Now, actor, change, Method, parameters, answer.Status, answer.Body?["error"]?["message"]?.GetValue<string>() ?? "success") { Scope = Scope };
}
