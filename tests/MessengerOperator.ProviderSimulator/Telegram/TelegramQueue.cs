using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using MessengerOperator.ProviderSimulator.Accounts;
using MessengerOperator.ProviderSimulator.Delivery;

namespace MessengerOperator.ProviderSimulator.Telegram;

/// <summary>The updates of one bot on their way to its webhook, by the server's schedule.</summary>
internal sealed class TelegramQueue(TelegramAccount account, SimulatorState state) : WebhookQueue(state)
{
    private const string SecretHeaderName = "X-Telegram-Bot-Api-Secret-Token";
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);
    private static readonly TimeSpan GoneLimit = TimeSpan.FromHours(23);
    private static readonly TimeSpan MaxRetryAfter = TimeSpan.FromHours(1);
    private static readonly TimeSpan LeastCap = TimeSpan.FromSeconds(60);

    private readonly Lock _gate = new();
    private long _nextUpdateId = Random.Shared.NextInt64(100_000_000, 900_000_000);
    private DateTimeOffset? _goneSince;

    public override int Parallelism => account.Token is null ? 0 : account.Webhooks.Current?.Registration.MaxConnections ?? 0;

    /// <summary>Queues an update, unless nobody asked for its kind, or sends it once with the secret header as told.</summary>
    public Task<AcceptedEvent> AcceptAsync(
        string kind,
        JsonObject payload,
        long chatId,
        long? messageId,
        SecretHeader secret,
        CancellationToken cancellationToken)
    {
        // Ids and places in the queue are given out together, so that updates never overtake each other.
        lock (_gate)
        {
            var update = new JsonObject { ["update_id"] = _nextUpdateId++, [kind] = payload };
            return AcceptAsync(Draft(kind, update, chatId, messageId), secret, cancellationToken);
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
                return Accept(Draft(kind, update, chatId, null));
            }

            var numbered = new JsonObject { ["update_id"] = _nextUpdateId++ };
            foreach (var (name, member) in update.Where(member => member.Key != "update_id"))
            {
                numbered[name] = member?.DeepClone();
            }

            return Accept(Draft(kind, numbered, chatId, null));
        }
    }

    /// <summary><c>getUpdates</c>: confirms up to the offset, then shows what waits. It never blocks.</summary>
    public JsonArray Poll(TelegramArguments arguments)
    {
        var limit = arguments.Number("limit", absent: 100, least: 1, most: 100);
        _ = long.TryParse(arguments["offset"], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var offset);
        Remove(update => long.Parse(update.Event.Id, CultureInfo.InvariantCulture) < offset, DeliveryState.Polled);
        return new JsonArray([.. Waiting().Take(limit).Select(update => JsonNode.Parse(update.Event.Body))]);
    }

    /// <summary>Throws the queue away.</summary>
    public void Discard() => Remove(_ => true, DeliveryState.Discarded);

    /// <summary>The count of hours with 410 starts again, as with every new webhook.</summary>
    public void ForgetGoneAnswers() => _goneSince = null;

    protected override OutgoingRequest? Prepare(IReadOnlyList<QueuedDelivery> batch)
    {
        if (account.Webhooks.Current is not { } webhook)
        {
            return null;
        }

        var request = new WebhookRequest
        {
            Body = Encoding.ASCII.GetBytes(batch.Single().Event.Body),
            Headers = [.. Headers(webhook)],
            Timeout = AnswerTimeout,
        };
        return new OutgoingRequest(webhook.Connection, request);
    }

    /// <summary>First failure: at once again; then 2, 4, 8 seconds up to a random cap; Retry-After goes before both.</summary>
    protected override DeliveryVerdict JudgeFailure(QueuedDelivery delivery, DeliveryAttempt attempt)
    {
        var delay = TimeSpan.FromSeconds(Math.Clamp(attempt.RetryAfterSeconds ?? 0, 0, MaxRetryAfter.TotalSeconds));
        if (delay == TimeSpan.Zero && delivery.Failures > 0)
        {
            var cap = LeastCap + (LeastCap * Random.Shared.NextDouble());
            delay = delivery.Delay * 2 < cap ? delivery.Delay * 2 : cap;
            delivery.Delay = delay;
        }

        return State.Time.ProviderElapsed(delivery.Event.CreatedAt) + delay > Lifetime ? DeliveryVerdict.GivenUp : DeliveryVerdict.Retry(delay);
    }

    protected override void Observe(IReadOnlyList<QueuedDelivery> batch, OutgoingRequest outgoing, WebhookAnswer answer)
    {
        if (answer.Attempt.Succeeded)
        {
            WatchForMethod(batch[0].Event.Id, answer);
        }
        else if (ReferenceEquals(outgoing.Connection, account.Webhooks.Current?.Connection))
        {
            account.Webhooks.SetLastError(answer.Attempt.Error!);
        }

        NoteGone(answer.Attempt.Status);
    }

    /// <summary>A webhook without a secret can be forged as well: then there is a header where none should be.</summary>
    protected override WebhookRequest Forge(WebhookRequest genuine, SecretHeader secret) => secret switch
    {
        SecretHeader.ChangedBody => throw new FormatException("Telegram signs no bodies."),
        _ when genuine.Headers.Any(header => header.IsProof) => base.Forge(genuine, secret),
        _ => base.Forge(genuine with { Headers = [new WebhookHeader(SecretHeaderName, string.Empty, IsProof: true), .. genuine.Headers] }, secret),
    };

    private void NoteGone(int? status)
    {
        if (status != StatusCodes.Status410Gone)
        {
            // A connection that failed says nothing about 410; every other answer ends the series.
            _goneSince = status is null ? _goneSince : null;
            return;
        }

        _goneSince ??= State.Time.Now;
        if (State.Time.ProviderElapsed(_goneSince.Value) > GoneLimit)
        {
            account.Webhooks.Remove(RegistrationActor.Provider, "410 Gone for more than 23 hours");
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
        account.Record(new Violation(State.Time.Now, deliveryId, $"The answer to a delivery held the method '{method}', which Telegram executes."));
        if (string.Equals(method, "sendMessage", StringComparison.OrdinalIgnoreCase))
        {
            account.Messages.Send(arguments, fromWebhookAnswer: true);
        }
    }

    private EventDraft Draft(string kind, JsonObject update, long chatId, long? messageId) => new()
    {
        Owner = account,
        Id = update["update_id"]!.ToJsonString(),
        Kind = kind,
        Conversation = chatId.ToString(CultureInfo.InvariantCulture),
        Body = AsciiJson.Write(update),
        MessageId = messageId?.ToString(CultureInfo.InvariantCulture),
        IsWanted = TelegramUpdateKinds.Delivers(account.Webhooks.AllowedUpdates, kind),
    };

    private static IEnumerable<WebhookHeader> Headers(TelegramWebhook webhook)
    {
        var url = webhook.Connection.Endpoint.Url;
        // The server leaves the port out of Host, whatever it is.
        yield return new WebhookHeader("Host", url.IdnHost);
        if (webhook.Registration.SecretToken.Length > 0)
        {
            yield return new WebhookHeader(SecretHeaderName, webhook.Registration.SecretToken, IsProof: true);
        }

        yield return new WebhookHeader("Content-Type", "application/json");
        if (url.UserInfo.Length > 0)
        {
            yield return new WebhookHeader("Authorization", $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(url.UserInfo)))}");
        }
    }
}
