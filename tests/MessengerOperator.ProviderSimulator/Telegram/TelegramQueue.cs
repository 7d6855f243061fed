using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using MessengerOperator.ProviderSimulator.Accounts;
using MessengerOperator.ProviderSimulator.Delivery;

namespace MessengerOperator.ProviderSimulator.Telegram;

/// <summary>The updates of one bot on their way to its webhook, by the server's schedule.</summary>
internal sealed class TelegramQueue : IDeliveryTarget, IAsyncDisposable
{
    private const string SecretHeaderName = "X-Telegram-Bot-Api-Secret-Token";
    private const string NeverRegistered = "never-registered-0123456789-never-registered";
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);
    private static readonly TimeSpan GoneLimit = TimeSpan.FromHours(23);
    private static readonly TimeSpan MaxRetryAfter = TimeSpan.FromHours(1);
    private static readonly TimeSpan LeastCap = TimeSpan.FromSeconds(60);

    private readonly TelegramAccount _account;
    private readonly SimulatorState _state;
    private readonly Action<Violation> _violation;
    private readonly DeliveryPump _pump;
    private readonly Lock _gate = new();
    private long _nextUpdateId = Random.Shared.NextInt64(100_000_000, 900_000_000);
    private DateTimeOffset? _goneSince;

    public TelegramQueue(TelegramAccount account, SimulatorState state, Action<Violation> violation)
    {
        _account = account;
        _state = state;
        _violation = violation;
        _pump = new DeliveryPump(this, state.Time);
    }

    public int PendingCount => _pump.PendingCount;

    public int Parallelism => _account.Token is null ? 0 : _account.Webhooks.Current?.Registration.MaxConnections ?? 0;

    /// <summary>Queues an update, unless nobody asked for its kind.</summary>
    public AcceptedEvent Accept(string kind, JsonObject payload, long chatId, long? messageId)
    {
        // Ids and places in the queue are given out together, so that updates never overtake each other.
        lock (_gate)
        {
            return Enqueue(kind, new JsonObject { ["update_id"] = _nextUpdateId++, [kind] = payload }, chatId, messageId);
        }
    }

    /// <summary>Queues an update given whole; its id is kept, or made when it has none.</summary>
    public AcceptedEvent AcceptRaw(JsonObject update)
    {
        var kind = update.Select(member => member.Key).FirstOrDefault(name => name != "update_id")
            ?? throw new FormatException("An update has one member besides update_id.");
        var chat = (update[kind] as JsonObject)?["chat"] ?? (update[kind] as JsonObject)?["message"]?["chat"];
        var chatId = chat?["id"] is JsonValue value && value.TryGetValue<long>(out var id) ? id : 0;
        lock (_gate)
        {
            if (update["update_id"] is JsonValue given && given.TryGetValue<long>(out var updateId))
            {
                _nextUpdateId = Math.Max(_nextUpdateId, updateId + 1);
                return Enqueue(kind, update, chatId, null);
            }

            var numbered = new JsonObject { ["update_id"] = _nextUpdateId++ };
            foreach (var (name, member) in update.Where(member => member.Key != "update_id"))
            {
                numbered[name] = member?.DeepClone();
            }

            return Enqueue(kind, numbered, chatId, null);
        }
    }

    /// <summary>Sends a fresh update once, past the queue, with the secret header as told.</summary>
    public async Task<AcceptedEvent> ForgeAsync(
        string kind,
        JsonObject payload,
        long chatId,
        long? messageId,
        SecretHeader secret,
        CancellationToken cancellationToken)
    {
        var webhook = _account.Webhooks.Current ?? throw new FormatException("There is no webhook to deliver to.");
        long updateId;
        lock (_gate)
        {
            updateId = _nextUpdateId++;
        }

        var record = NewRecord(kind, new JsonObject { ["update_id"] = updateId, [kind] = payload }, chatId, DeliveryState.Forged);
        var place = _account.Deliveries.Add(record);
        var attempt = await PostOnceAsync(webhook, record.Body, secret, cancellationToken);
        _account.Deliveries.AddAttempt(place, attempt);
        return new AcceptedEvent(record.Id, record.Conversation, Text(messageId), DeliveryState.Forged, attempt);
    }

    /// <summary>Sends a known update once more; null when it or the webhook does not exist.</summary>
    public async Task<AcceptedEvent?> RedeliverAsync(string id, SecretHeader secret, CancellationToken cancellationToken)
    {
        if (_account.Deliveries.Find(id) is not var (place, record) || _account.Webhooks.Current is not { } webhook)
        {
            return null;
        }

        var attempt = await PostOnceAsync(webhook, record.Body, secret, cancellationToken);
        _account.Deliveries.AddAttempt(place, attempt);
        return new AcceptedEvent(record.Id, record.Conversation, null, record.State, attempt);
    }

    /// <summary><c>getUpdates</c>: confirms up to the offset, then shows what waits. It never blocks.</summary>
    public JsonArray Poll(TelegramArguments arguments)
    {
        var limit = arguments.Number("limit", absent: 100, least: 1, most: 100);
        _ = long.TryParse(arguments["offset"], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var offset);
        foreach (var polled in _pump.Remove(update => long.Parse(update.Id, CultureInfo.InvariantCulture) < offset))
        {
            _account.Deliveries.SetState(polled.LogPlace, DeliveryState.Polled);
        }

        return new JsonArray([.. _pump.Waiting().Take(limit).Select(update => JsonNode.Parse(update.Body))]);
    }

    /// <summary>Throws the queue away.</summary>
    public void Discard()
    {
        foreach (var discarded in _pump.Remove(_ => true))
        {
            _account.Deliveries.SetState(discarded.LogPlace, DeliveryState.Discarded);
        }
    }

    public void Wake() => _pump.Wake();

    /// <summary>The count of hours with 410 starts again, as with every new webhook.</summary>
    public void ForgetGoneAnswers() => _goneSince = null;

    public async Task<DeliveryVerdict> AttemptAsync(QueuedDelivery delivery, CancellationToken cancellationToken)
    {
        if (_account.Webhooks.Current is not { } webhook)
        {
            return DeliveryVerdict.Retry(TimeSpan.Zero);
        }

        var answer = await webhook.Connection.PostAsync(delivery.Body, Headers(webhook), SecretHeader.Registered, cancellationToken);
        var verdict = Judge(delivery, answer.Attempt);
        _account.Deliveries.AddAttempt(delivery.LogPlace, answer.Attempt);
        if (answer.Attempt.Succeeded)
        {
            WatchForMethod(delivery.Id, answer);
        }
        else if (ReferenceEquals(webhook, _account.Webhooks.Current))
        {
            _account.Webhooks.SetLastError(answer.Attempt.Error!);
        }

        NoteGone(answer.Attempt.Status);
        if (verdict.State != DeliveryState.Pending)
        {
            _account.Deliveries.SetState(delivery.LogPlace, verdict.State);
        }

        return verdict;
    }

    public ValueTask DisposeAsync() => _pump.DisposeAsync();

    /// <summary>First failure: at once again; then 2, 4, 8 seconds up to a random cap; Retry-After goes before both.</summary>
    private DeliveryVerdict Judge(QueuedDelivery delivery, DeliveryAttempt attempt)
    {
        if (attempt.Succeeded)
        {
            return DeliveryVerdict.Acknowledged;
        }

        var delay = TimeSpan.FromSeconds(Math.Clamp(attempt.RetryAfterSeconds ?? 0, 0, MaxRetryAfter.TotalSeconds));
        if (delay == TimeSpan.Zero && delivery.Failures > 0)
        {
            var cap = LeastCap + (LeastCap * Random.Shared.NextDouble());
            delay = delivery.Delay * 2 < cap ? delivery.Delay * 2 : cap;
            delivery.Delay = delay;
        }

        delivery.Failures++;
        return _state.Time.ProviderElapsed(delivery.CreatedAt) + delay > Lifetime ? DeliveryVerdict.Expired : DeliveryVerdict.Retry(delay);
    }

    private void NoteGone(int? status)
    {
        if (status != StatusCodes.Status410Gone)
        {
            // A connection that failed says nothing about 410; every other answer ends the series.
            _goneSince = status is null ? _goneSince : null;
            return;
        }

        _goneSince ??= _state.Time.Now;
        if (_state.Time.ProviderElapsed(_goneSince.Value) > GoneLimit)
        {
            _account.Webhooks.Remove(RegistrationActor.Provider, "410 Gone for more than 23 hours");
        }
    }

    /// <summary>Executes a method in the answer, as the server does, and holds it against the receiver.</summary>
    private void WatchForMethod(string deliveryId, WebhookAnswer answer)
    {
        if (TelegramAnsweredMethod.Read(answer.ContentType, answer.Body) is not { } arguments)
        {
            return;
        }

        var method = arguments["method"];
        _violation(new Violation(_state.Time.Now, deliveryId, $"The answer to a delivery held the method '{method}', which Telegram executes."));
        if (string.Equals(method, "sendMessage", StringComparison.OrdinalIgnoreCase))
        {
            _account.Messages.Send(arguments, fromWebhookAnswer: true);
        }
    }

    private AcceptedEvent Enqueue(string kind, JsonObject update, long chatId, long? messageId)
    {
        var delivers = TelegramUpdateKinds.Delivers(_account.Webhooks.AllowedUpdates, kind);
        var record = NewRecord(kind, update, chatId, delivers ? DeliveryState.Pending : DeliveryState.Filtered);
        var place = _account.Deliveries.Add(record);
        if (delivers)
        {
            _pump.Enqueue(new QueuedDelivery
            {
                Id = record.Id,
                Conversation = record.Conversation,
                Body = Encoding.ASCII.GetBytes(record.Body),
                CreatedAt = record.CreatedAt,
                LogPlace = place,
            });
        }

        return new AcceptedEvent(record.Id, record.Conversation, Text(messageId), record.State, null);
    }

    private DeliveryRecord NewRecord(string kind, JsonObject update, long chatId, DeliveryState state) => new()
    {
        Id = update["update_id"]!.ToJsonString(),
        Kind = kind,
        Conversation = chatId.ToString(CultureInfo.InvariantCulture),
        CreatedAt = _state.Time.Now,
        Body = AsciiJson.Write(update),
        State = state,
    };

    private async Task<DeliveryAttempt> PostOnceAsync(TelegramWebhook webhook, string body, SecretHeader secret, CancellationToken cancellationToken)
    {
        var bytes = Encoding.ASCII.GetBytes(body);
        if (secret == SecretHeader.Registered)
        {
            return (await webhook.Connection.PostAsync(bytes, Headers(webhook), secret, cancellationToken)).Attempt;
        }

        var registered = webhook.Registration.SecretToken;
        string[] values = secret switch
        {
            SecretHeader.Missing => [],
            SecretHeader.Doubled => [registered, registered],
            SecretHeader.TrailingBlank => [registered + " "],
            SecretHeader.WrongCase => [new string([.. registered.Select(letter => char.IsUpper(letter) ? char.ToLowerInvariant(letter) : char.ToUpperInvariant(letter))])],
            _ => [NeverRegistered],
        };
        string[] lines = [.. values.Select(value => $"{SecretHeaderName}: {value}"), "Content-Type: application/json"];
        return await RawPost.SendAsync(webhook.Connection, bytes, lines, secret, _state.Time, cancellationToken);
    }

    private static Dictionary<string, string> Headers(TelegramWebhook webhook)
    {
        var headers = new Dictionary<string, string> { ["Content-Type"] = "application/json" };
        if (webhook.Registration.SecretToken.Length > 0)
        {
            headers[SecretHeaderName] = webhook.Registration.SecretToken;
        }

        var userInfo = webhook.Connection.Endpoint.Url.UserInfo;
        if (userInfo.Length > 0)
        {
            headers["Authorization"] = $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(userInfo)))}";
        }

        return headers;
    }

    private static string? Text(long? id) => id?.ToString(CultureInfo.InvariantCulture);
}
