using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using MessengerOperator.ProviderSimulator.Accounts;
using MessengerOperator.ProviderSimulator.Delivery;
using MessengerOperator.ProviderSimulator.Network;

namespace MessengerOperator.ProviderSimulator.Line;

/// <summary>The webhook endpoint of one channel: setting, showing, testing. Setting calls nobody.</summary>
internal sealed class LineEndpoint(LineAccount account, SimulatorState state) : IDisposable
{
    private const int MaxLength = 500;
    private const int MaxConnections = 10;

    // Connects to nobody: a name that does not resolve, or an address inside somebody's network.
    private static readonly IPEndPoint Nowhere = new(IPAddress.Loopback, 1);

    private readonly Lock _gate = new();
    private LineRegistration? _registered;
    private LineRegistration? _former;
    private DateTimeOffset _effectiveFrom;

    /// <summary>What is registered; null when nothing is.</summary>
    public LineRegistration? Registered
    {
        get
        {
            lock (_gate)
            {
                return _registered;
            }
        }
    }

    /// <summary>Where events go: what is registered, or for a while what was before.</summary>
    public LineRegistration? Effective
    {
        get
        {
            lock (_gate)
            {
                return state.Time.Now >= _effectiveFrom ? _registered : _former;
            }
        }
    }

    /// <summary>The answer to a GET.</summary>
    public JsonAnswer Show() => Registered is { } registered
        ? LineAnswers.Ok(new JsonObject { ["endpoint"] = registered.Url.OriginalString, ["active"] = account.Settings.IsOn(LineSettings.Active) })
        : LineAnswers.Error(StatusCodes.Status404NotFound, LineAnswers.NotFound);

    /// <summary>A PUT, as a client calls it.</summary>
    public async Task<JsonAnswer> SetAsync(JsonObject body, CancellationToken cancellationToken)
    {
        var endpoint = LineRequestBody.Text(body, "endpoint");
        var answer = RefusalOf(endpoint, mayBeEmpty: true) ?? await SetAsync(endpoint!, cancellationToken);
        Record(RegistrationActor.Client, endpoint, answer);
        return answer;
    }

    /// <summary>Sets it as somebody else with the same token would.</summary>
    public async Task OverwriteAsync(string endpoint, CancellationToken cancellationToken)
    {
        if (RefusalOf(endpoint, mayBeEmpty: true) is { } refusal)
        {
            throw new FormatException($"LINE would refuse it: {refusal.Body}");
        }

        Record(RegistrationActor.SomebodyElse, endpoint, await SetAsync(endpoint, cancellationToken));
    }

    /// <summary>The test call: a signed request without events to the given endpoint, or to the one that events go to. The answer is 200 whatever came back.</summary>
    public async Task<JsonAnswer> TestAsync(JsonObject? body, CancellationToken cancellationToken)
    {
        Uri? url;
        if (body?["endpoint"] is null)
        {
            url = Effective?.Url;
            if (url is null)
            {
                return LineAnswers.Error(StatusCodes.Status404NotFound, LineAnswers.NotFound);
            }
        }
        else
        {
            var endpoint = LineRequestBody.Text(body, "endpoint");
            if (RefusalOf(endpoint, mayBeEmpty: false) is { } refusal)
            {
                return refusal;
            }

            url = new Uri(endpoint!);
        }

        using var connection = await OpenAsync(url, cancellationToken);
        var tested = await connection.SendAsync(account.Events.Sign([]), cancellationToken);
        return LineAnswers.Ok(Report(tested.Attempt));
    }

    public void Dispose()
    {
        _registered?.Connection.Dispose();
        _former?.Connection.Dispose();
    }

    private async Task<JsonAnswer> SetAsync(string endpoint, CancellationToken cancellationToken)
    {
        var next = endpoint.Length == 0 ? null : new LineRegistration(new Uri(endpoint), await OpenAsync(new Uri(endpoint), cancellationToken), state.Time.Now);
        var delay = state.Time.Shorten(TimeSpan.FromSeconds(account.Settings.Number(LineSettings.EndpointDelaySeconds)));
        lock (_gate)
        {
            var now = state.Time.Now;
            _former = now >= _effectiveFrom ? _registered : _former;
            (_registered, _effectiveFrom) = (next, now + delay);
        }

        account.Queue.Wake();
        return LineAnswers.Ok();
    }

    private async Task<WebhookConnection> OpenAsync(Uri url, CancellationToken cancellationToken)
    {
        var resolution = await state.Names.ResolveAsync(url.IdnHost, cancellationToken);
        var isReachable = resolution.Address is { } address && (account.LocalMode || !ReservedAddresses.Contains(address));
        var endpoint = new WebhookEndpoint { Url = url, ConnectTo = isReachable ? resolution.EndPointFor(url.Port) : Nowhere, MaxConnections = MaxConnections };
        return new WebhookConnection(endpoint, state);
    }

    private JsonAnswer? RefusalOf(string? endpoint, bool mayBeEmpty) => endpoint switch
    {
        null => LineAnswers.Invalid("endpoint", "Must be specified"),
        "" when mayBeEmpty && account.Settings.IsOn(LineSettings.AcceptsEmptyEndpoint) => null,
        "" => LineAnswers.Invalid("endpoint", "May not be empty"),
        { Length: > MaxLength } => LineAnswers.Invalid("endpoint", "Length must be between 0 and 500"),
        _ when Uri.TryCreate(endpoint, UriKind.Absolute, out var url) && url.Host.Length > 0 && !endpoint.Any(char.IsWhiteSpace)
            && (url.Scheme == Uri.UriSchemeHttps || (account.LocalMode && url.Scheme == Uri.UriSchemeHttp)) => null,
        _ => LineAnswers.Error(StatusCodes.Status400BadRequest, "Invalid webhook endpoint URL", "endpoint", "Must be a valid HTTPS URL"),
    };

    private JsonObject Report(DeliveryAttempt attempt)
    {
        var (reason, detail) = attempt switch
        {
            { Succeeded: true } => ("OK", attempt.Status!.Value.ToString(CultureInfo.InvariantCulture)),
            { Status: { } status } => ("ERROR_STATUS_CODE", status.ToString(CultureInfo.InvariantCulture)),
            { Failure: DeliveryFailure.TimedOut } => ("REQUEST_TIMEOUT", "Request timeout"),
            { Failure: DeliveryFailure.Tls } => ("COULD_NOT_CONNECT", "TLS handshake failure"),
            { Failure: DeliveryFailure.CouldNotConnect or DeliveryFailure.ConnectionClosed } => ("COULD_NOT_CONNECT", "Connection failed"),
            _ => ("UNCLASSIFIED", "Unclassified error"),
        };
        return new JsonObject
        {
            ["success"] = attempt.Succeeded,
            ["timestamp"] = state.Time.Now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            ["statusCode"] = attempt.Status ?? 0,
            ["reason"] = reason,
            ["detail"] = detail,
        };
    }

    private void Record(RegistrationActor actor, string? endpoint, JsonAnswer answer) => account.Record(new RegistrationEvent(
        state.Time.Now,
        actor,
        string.IsNullOrEmpty(endpoint) ? RegistrationChange.Removed : RegistrationChange.Set,
        LineOperations.SetEndpoint,
        new Dictionary<string, string> { ["endpoint"] = endpoint ?? string.Empty },
        answer.Status,
        answer.Body?["message"]?.GetValue<string>() ?? "OK"));
}
