using System.Net;
using System.Text.Json.Nodes;
using MessengerOperator.ProviderSimulator.Accounts;
using MessengerOperator.ProviderSimulator.Delivery;
using MessengerOperator.ProviderSimulator.Network;

namespace MessengerOperator.ProviderSimulator.Telegram;

/// <summary>The webhook of one bot: setting, reading back, removing, and its last error.</summary>
internal sealed class TelegramWebhooks(TelegramAccount account, SimulatorState state) : IDisposable
{
    private const int MaxSecretLength = 256;
    private const int MaxCertificateLength = 3 * 1024 * 1024;
    private static readonly TimeSpan SetInterval = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private TelegramWebhook? _current;
    private IReadOnlyList<string> _allowedUpdates = [];
    private (long Date, string Message)? _lastError;
    private DateTimeOffset _nextSetAt = DateTimeOffset.MinValue;
    private CancellationTokenSource? _underWay;

    /// <summary>The webhook now; null when there is none.</summary>
    public TelegramWebhook? Current => Volatile.Read(ref _current);

    /// <summary>The kinds asked for, also while there is no webhook; empty is the default set.</summary>
    public IReadOnlyList<string> AllowedUpdates => Volatile.Read(ref _allowedUpdates);

    public void SetLastError(string message) =>
        Locked(() => _lastError = (state.Time.UnixNow, message));

    /// <summary><c>setWebhook</c>, as a client calls it.</summary>
    public async Task<TelegramAnswer> SetAsync(TelegramArguments arguments, CancellationToken cancellationToken)
    {
        var answer = await CheckAndSetAsync(arguments, cancellationToken);
        Record(RegistrationActor.Client, "setWebhook", arguments.Values, answer.Status, answer.Description);
        return answer;
    }

    /// <summary><c>deleteWebhook</c>, as a client calls it.</summary>
    public TelegramAnswer Delete(TelegramArguments arguments)
    {
        var answer = Clear(arguments.Flag("drop_pending_updates"));
        Record(RegistrationActor.Client, "deleteWebhook", arguments.Values, answer.Status, answer.Description);
        return answer;
    }

    /// <summary>Sets the webhook as somebody else with the token, by the rules but without the limit on calls.</summary>
    public async Task OverwriteAsync(WebhookChange change, CancellationToken cancellationToken)
    {
        var before = Current?.Registration;
        var url = change.Url ?? before?.Url ?? throw new FormatException("There is no webhook whose settings could drift; give a url.");
        var parsed = TelegramWebhookUrl.Parse(url) ?? throw new FormatException("The url does not parse.");
        var resolution = await state.Names.ResolveAsync(parsed.IdnHost, cancellationToken);
        if (resolution.Address is null)
        {
            // The other actor's host need not exist here; what counts is what read-back shows.
            resolution = Resolution.To(IPAddress.Parse("203.0.113.66"), new IPEndPoint(IPAddress.Loopback, 9));
        }

        var secret = change.SecretToken ?? before?.SecretToken ?? string.Empty;
        if (change.AllowedUpdates is not null)
        {
            Volatile.Write(ref _allowedUpdates, TelegramUpdateKinds.Normalize(change.AllowedUpdates));
        }

        Replace(Build(url, parsed, resolution, change.MaxConnections ?? before?.MaxConnections ?? 40, secret, string.Empty, null));
        Record(RegistrationActor.SomebodyElse, "setWebhook", new Dictionary<string, string> { ["url"] = url, ["secret_token"] = secret }, 200, "Webhook was set");
    }

    /// <summary>Removes the webhook without a client's call.</summary>
    public void Remove(RegistrationActor actor, string description)
    {
        // Recorded first: who waits for the webhook to be gone finds the reason.
        Record(actor, "deleteWebhook", new Dictionary<string, string>(), StatusCodes.Status200OK, description);
        Replace(null);
    }

    /// <summary>The answer to <c>getWebhookInfo</c>.</summary>
    public JsonObject Info(int pending)
    {
        lock (_gate)
        {
            var info = new JsonObject
            {
                ["url"] = _current?.Registration.Url ?? string.Empty,
                ["has_custom_certificate"] = _current?.Registration.HasCustomCertificate ?? false,
                ["pending_update_count"] = pending,
            };
            if (_current is { } webhook)
            {
                info["max_connections"] = webhook.Registration.MaxConnections;
                info["ip_address"] = webhook.Registration.IpAddress;
            }

            if (_current is not null && _lastError is { } error)
            {
                info["last_error_date"] = error.Date;
                info["last_error_message"] = error.Message;
            }

            if (_allowedUpdates.Count > 0)
            {
                info["allowed_updates"] = new JsonArray([.. _allowedUpdates.Select(kind => (JsonNode)kind)]);
            }

            return info;
        }
    }

    public void Dispose() => _current?.Connection.Dispose();

    private async Task<TelegramAnswer> CheckAndSetAsync(TelegramArguments arguments, CancellationToken cancellationToken)
    {
        var url = arguments["url"];
        var drop = arguments.Flag("drop_pending_updates");
        if (url.Length == 0)
        {
            return Clear(drop);
        }

        if (!TakeTurn())
        {
            return TelegramAnswer.TooManyRequests((int)SetInterval.TotalSeconds);
        }

        var maxConnections = account.LocalMode
            ? arguments.Number("max_connections", absent: 100, least: 1, most: 100_000)
            : arguments.Number("max_connections", absent: 40, least: 1, most: 100);
        var secret = arguments["secret_token"];
        var certificate = arguments["certificate"];
        var allowed = TelegramUpdateKinds.Apply(arguments["allowed_updates"], AllowedUpdates);
        if (!drop && certificate.Length == 0 && IsUnchanged(url, maxConnections, arguments["ip_address"], secret))
        {
            Allow(allowed);
            return TelegramAnswer.Ok(true, "Webhook is already set");
        }

        if (RefusalOfSecret(secret) is { } refusal)
        {
            return TelegramAnswer.BadRequest(refusal);
        }

        using var mine = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await SupersedeAsync(mine);
        try
        {
            return await RegisterAsync(arguments, url, maxConnections, secret, certificate, allowed, drop, mine.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return TelegramAnswer.Error(StatusCodes.Status409Conflict, "Conflict: terminated by other setWebhook");
        }
        finally
        {
            Interlocked.CompareExchange(ref _underWay, null, mine);
        }
    }

    private async Task<TelegramAnswer> RegisterAsync(
        TelegramArguments arguments,
        string url,
        int maxConnections,
        string secret,
        string certificate,
        IReadOnlyList<string> allowed,
        bool drop,
        CancellationToken cancellationToken)
    {
        // The server closes the old webhook before it looks at the new one; a refused change leaves none.
        Replace(null);
        Allow(allowed);
        if (drop)
        {
            account.Updates.Discard();
        }

        if (TelegramWebhookUrl.Parse(url) is not { } parsed)
        {
            return TelegramAnswer.BadRequest("invalid webhook URL specified");
        }

        if (certificate.Length > MaxCertificateLength)
        {
            return TelegramAnswer.BadRequest("certificate size is too big");
        }

        if (certificate.Length > 0 && !certificate.Contains("-----BEGIN CERTIFICATE-----", StringComparison.Ordinal))
        {
            return TelegramAnswer.BadRequest("bad webhook: Can't create an SSL context: PEM certificate expected");
        }

        if (!account.LocalMode && TelegramWebhookUrl.RefusalOf(parsed) is { } badUrl)
        {
            return BadWebhook(badUrl);
        }

        var requestedIp = arguments["ip_address"];
        var resolution = requestedIp.Length > 0
            ? IPAddress.TryParse(requestedIp, out var fixedAddress) ? Resolution.To(fixedAddress) : Resolution.Failed(string.Empty)
            : await state.Names.ResolveAsync(parsed.IdnHost, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        if (resolution.Address is null)
        {
            return BadWebhook(requestedIp.Length > 0 ? "Invalid IP address specified" : $"Failed to resolve host: {resolution.Error}");
        }

        if (!account.LocalMode && TelegramWebhookUrl.RefusalOf(resolution.Address) is { } badAddress)
        {
            return BadWebhook(badAddress);
        }

        Replace(Build(url, parsed, resolution, maxConnections, secret, requestedIp, certificate.Length > 0 ? certificate : null));
        return TelegramAnswer.Ok(true, "Webhook was set");
    }

    private static TelegramAnswer BadWebhook(string reason) => TelegramAnswer.BadRequest($"bad webhook: {reason}");

    private static string? RefusalOfSecret(string secret) => secret switch
    {
        { Length: > MaxSecretLength } => "secret token is too long",
        _ when secret.Any(character => !(char.IsAsciiLetterOrDigit(character) || character is '_' or '-')) => "secret token contains unallowed characters",
        _ => null,
    };

    private TelegramAnswer Clear(bool drop)
    {
        if (drop)
        {
            account.Updates.Discard();
        }

        if (Current is null)
        {
            return TelegramAnswer.Ok(true, "Webhook is already deleted");
        }

        Replace(null);
        return TelegramAnswer.Ok(true, "Webhook was deleted");
    }

    private TelegramWebhook Build(string url, Uri parsed, Resolution resolution, int maxConnections, string secret, string requestedIp, string? certificate)
    {
        var endpoint = new WebhookEndpoint
        {
            Url = parsed,
            ConnectTo = resolution.EndPointFor(parsed.Port),
            MaxConnections = maxConnections,
            Certificate = certificate,
        };
        var registration = new Registration
        {
            Url = url,
            IpAddress = resolution.Address!.ToString(),
            SecretToken = secret,
            MaxConnections = maxConnections,
            AllowedUpdates = AllowedUpdates,
            HasCustomCertificate = certificate is not null,
            SetAt = state.Time.Now,
        };
        return new TelegramWebhook(registration, requestedIp, new WebhookConnection(endpoint, state));
    }

    private bool IsUnchanged(string url, int maxConnections, string ipAddress, string secret) =>
        Current is { Registration: var now } webhook
        && now.Url == url
        && now.MaxConnections == maxConnections
        && now.SecretToken == secret
        && webhook.RequestedIpAddress == ipAddress
        && !now.HasCustomCertificate;

    private void Allow(IReadOnlyList<string> allowed) => Locked(() =>
    {
        _allowedUpdates = allowed;
        if (_current is { } webhook)
        {
            _current = webhook with { Registration = webhook.Registration with { AllowedUpdates = allowed } };
        }
    });

    private bool TakeTurn()
    {
        lock (_gate)
        {
            if (state.Time.Now < _nextSetAt)
            {
                return false;
            }

            _nextSetAt = state.Time.Now + SetInterval;
            return true;
        }
    }

    private async Task SupersedeAsync(CancellationTokenSource mine)
    {
        var other = Interlocked.Exchange(ref _underWay, mine);
        try
        {
            await (other?.CancelAsync() ?? Task.CompletedTask);
        }
        catch (ObjectDisposedException)
        {
            // It ended at this very moment.
        }
    }

    private void Replace(TelegramWebhook? webhook)
    {
        TelegramWebhook? before = null;
        Locked(() =>
        {
            before = _current;
            _current = webhook;
            _lastError = null;
        });
        account.Updates.ForgetGoneAnswers();
        before?.Connection.Dispose();
        account.Updates.Wake();
        account.Changes.Pulse();
    }

    private void Locked(Action change)
    {
        lock (_gate)
        {
            change();
        }
    }

    private void Record(RegistrationActor actor, string method, IReadOnlyDictionary<string, string> parameters, int status, string? description) =>
        account.Record(new RegistrationEvent(state.Time.Now, actor, ChangeOf(method, parameters), method, parameters, status, description ?? string.Empty));

    /// <summary>An empty URL removes, whatever the method.</summary>
    private static RegistrationChange ChangeOf(string method, IReadOnlyDictionary<string, string> parameters) =>
        method == "setWebhook" && parameters.GetValueOrDefault("url", string.Empty).Length > 0 ? RegistrationChange.Set : RegistrationChange.Removed;
}
