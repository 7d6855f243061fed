using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using MessengerOperator.ProviderSimulator.Accounts;
using MessengerOperator.ProviderSimulator.Delivery;
using MessengerOperator.ProviderSimulator.Network;

namespace MessengerOperator.ProviderSimulator.Viber;

/// <summary><c>set_webhook</c>: checks the URL, calls it, and keeps it when it answered 200.</summary>
internal sealed class ViberWebhooks(ViberAccount account, SimulatorState state) : IDisposable
{
    private const string Method = "set_webhook";
    private const int MaxConnections = 20;
    private static readonly IPEndPoint Nowhere = new(IPAddress.Loopback, 9);

    private ViberWebhook? _current;
    private int _refusals;

    /// <summary>The webhook now; null when there is none.</summary>
    public ViberWebhook? Current => Volatile.Read(ref _current);

    /// <summary>The call as a client makes it.</summary>
    public async Task<JsonAnswer> SetAsync(JsonObject parameters, CancellationToken cancellationToken)
    {
        var answer = await CheckAndSetAsync(parameters, cancellationToken);
        var status = answer.Body!["status"]!.GetValue<int>();
        Record(RegistrationActor.Client, Shown(parameters), status, answer.Body["status_message"]?.ToString());
        return answer;
    }

    /// <summary>Sets the webhook as somebody else with the token: nobody is called, what counts is what read-back shows.</summary>
    public async Task OverwriteAsync(WebhookChange change, CancellationToken cancellationToken)
    {
        if (change.SecretToken is not null || change.MaxConnections is not null || change.Scope is not null)
        {
            throw new FormatException("A Viber webhook has a URL, event kinds, and the settings sendName and sendPhoto.");
        }

        var before = Current;
        var url = change.Url ?? before?.Registration.Url ?? throw new FormatException("There is no webhook whose settings could drift; give a url.");
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address))
        {
            throw new FormatException("The url does not parse.");
        }

        var types = change.AllowedUpdates is null ? before?.EventTypes ?? new ViberEventTypes(Asked: null) : new ViberEventTypes(change.AllowedUpdates);
        var sendName = change.Settings.TryGetValue("sendName", out var value) ? value == SettingKey.True : before?.SendName ?? false;
        var resolution = await state.Names.ResolveAsync(address.IdnHost, cancellationToken);
        Replace(Build(url, address, resolution.Address is null ? Nowhere : resolution.EndPointFor(address.Port), types, sendName, sendPhoto: false));
        Record(RegistrationActor.SomebodyElse, new Dictionary<string, string> { ["url"] = url }, ViberStatus.Ok, "ok");
    }

    /// <summary>Removes the webhook; nobody is called.</summary>
    public void Remove(RegistrationActor actor, IReadOnlyDictionary<string, string> parameters)
    {
        // Recorded first: who waits for the webhook to be gone finds the reason.
        Record(actor, parameters, ViberStatus.Ok, "ok");
        Replace(null);
    }

    public void Dispose() => Current?.Connection.Dispose();

    private async Task<JsonAnswer> CheckAndSetAsync(JsonObject parameters, CancellationToken cancellationToken)
    {
        if (parameters["url"] is not JsonValue given || !given.TryGetValue<string>(out var url))
        {
            return ViberAnswers.Error(ViberStatus.MissingData, "url is missing");
        }

        if (url.Length == 0)
        {
            Replace(null);
            return ViberAnswers.Ok();
        }

        if (!ViberEventTypes.TryRead(parameters["event_types"], out var types)
            || !TryReadSwitch(parameters["send_name"], out var sendName)
            || !TryReadSwitch(parameters["send_photo"], out var sendPhoto))
        {
            return ViberAnswers.Error(ViberStatus.BadData, "badData");
        }

        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || !IsAllowed(address))
        {
            return ViberAnswers.Error(ViberStatus.InvalidUrl);
        }

        var resolution = await state.Names.ResolveAsync(address.IdnHost, cancellationToken);
        if (resolution.Address is null || (!account.LocalMode && ReservedAddresses.Contains(resolution.Address)))
        {
            return ViberAnswers.Error(ViberStatus.InvalidUrl, Trace(address, answered: null, "java.net.UnknownHostException"));
        }

        var webhook = Build(url, address, resolution.EndPointFor(address.Port), types, sendName, sendPhoto);
        if (await ProbeAsync(webhook, cancellationToken) is { } refusal)
        {
            // What was set before stays.
            webhook.Connection.Dispose();
            return refusal;
        }

        Replace(webhook);
        return ViberAnswers.Ok(new JsonObject { ["event_types"] = types.Answer });
    }

    /// <summary>The signed call that must be answered 200; null when it was.</summary>
    private async Task<JsonAnswer?> ProbeAsync(ViberWebhook webhook, CancellationToken cancellationToken)
    {
        var request = ViberSignature.Sign(account, webhook.Connection.Endpoint.Url, JsonAnswer.Write(ViberEvents.Probe(state.Time)));
        var attempt = (await webhook.Connection.SendAsync(request, cancellationToken)).Attempt;
        return attempt.Status switch
        {
            StatusCodes.Status200OK => null,
            // Viber is not always so talkative.
            _ when Interlocked.Increment(ref _refusals) % 3 == 0 => ViberAnswers.Error(ViberStatus.InvalidUrl),
            null => ViberAnswers.Error(ViberStatus.InvalidUrl, Trace(webhook.Connection.Endpoint.Url, answered: null, $"java.net.ConnectException: {attempt.Error}")),
            { } status => ViberAnswers.Error(ViberStatus.InvalidUrl, Trace(webhook.Connection.Endpoint.Url, status, "null")),
        };
    }

    // https and a name, no bare address; the ports are not documented.
    private bool IsAllowed(Uri url) => account.LocalMode
        ? url.Scheme is "https" or "http"
        : url.Scheme == Uri.UriSchemeHttps && url.HostNameType == UriHostNameType.Dns && !string.Equals(url.Host, "localhost", StringComparison.OrdinalIgnoreCase);

    private static string Trace(Uri url, int? answered, string end) => answered is { } status
        ? $"Result[HttpRequest[POST {url.AbsolutePath} HTTP/1.1]@1a2b3c > HttpResponse[HTTP/1.1 {status} unknown status]@4d5e6f] {end}"
        : $"Result[HttpRequest[POST  HTTP/1.1]@2a3c > HttpResponse[null 0 null]@79fc] {end}";

    private static bool TryReadSwitch(JsonNode? parameter, out bool on)
    {
        on = false;
        return parameter is null || (parameter is JsonValue value && value.TryGetValue(out on));
    }

    private static Dictionary<string, string> Shown(JsonObject parameters) => parameters
        .Where(parameter => parameter.Key != "auth_token")
        .ToDictionary(parameter => parameter.Key, parameter => parameter.Value is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : parameter.Value?.ToJsonString() ?? "null");

    private ViberWebhook Build(string url, Uri address, IPEndPoint connectTo, ViberEventTypes types, bool sendName, bool sendPhoto)
    {
        var registration = new Registration
        {
            Url = url,
            IpAddress = connectTo.Address.ToString(),
            AllowedUpdates = types.Asked ?? [],
            MaxConnections = MaxConnections,
            Settings = new Dictionary<string, string> { ["sendName"] = Text(sendName), ["sendPhoto"] = Text(sendPhoto) },
            SetAt = state.Time.Now,
        };
        return new ViberWebhook(registration, types, sendName, new WebhookConnection(new WebhookEndpoint { Url = address, ConnectTo = connectTo, MaxConnections = MaxConnections }, state));
    }

    private static string Text(bool on) => on ? SettingKey.True : SettingKey.False;

    private void Replace(ViberWebhook? webhook)
    {
        var before = Interlocked.Exchange(ref _current, webhook);
        before?.Connection.Dispose();
        account.Queue.Wake();
        account.Changes.Pulse();
    }

    private void Record(RegistrationActor actor, IReadOnlyDictionary<string, string> parameters, int status, string? words)
    {
        var change = parameters.GetValueOrDefault("url", string.Empty).Length > 0 ? RegistrationChange.Set : RegistrationChange.Removed;
        account.Record(new RegistrationEvent(state.Time.Now, actor, change, Method, parameters, StatusCodes.Status200OK, words ?? string.Empty) { Succeeded = status == ViberStatus.Ok });
    }
}
