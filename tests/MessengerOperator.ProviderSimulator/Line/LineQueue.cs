using System.Text.Json.Nodes;
using MessengerOperator.ProviderSimulator.Accounts;
using MessengerOperator.ProviderSimulator.Delivery;

namespace MessengerOperator.ProviderSimulator.Line;

/// <summary>The events of one channel on their way to its endpoint. A failed request is lost, unless redelivery is on.</summary>
internal sealed class LineQueue(LineAccount account, SimulatorState state) : WebhookQueue(state)
{
    private const int Requests = 10;

    /// <summary>LINE publishes neither number nor spacing; this is ours, in provider time.</summary>
    private static readonly RetrySchedule Redelivery = new()
    {
        Delays = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2)],
        Lifetime = TimeSpan.FromHours(24),
        MaxAttempts = 5,
    };

    private int _failuresInARow;

    public override int Parallelism => account.IsSending && account.Endpoint.Effective is not null ? Requests : 0;

    public override int MaxBatch => 10;

    protected override OutgoingRequest? Prepare(IReadOnlyList<QueuedDelivery> batch) => account.Endpoint.Effective is { } effective
        ? new OutgoingRequest(effective.Connection, account.Events.Sign([.. batch.Where(delivery => delivery.Event.Kind != LineEvents.Probe).Select(Event)]))
        : null;

    protected override DeliveryVerdict JudgeFailure(QueuedDelivery delivery, DeliveryAttempt attempt) =>
        account.Settings.IsOn(LineSettings.Redelivery) ? Redelivery.After(delivery, State.Time) : DeliveryVerdict.GivenUp;

    protected override void Observe(IReadOnlyList<QueuedDelivery> batch, OutgoingRequest outgoing, WebhookAnswer answer)
    {
        if (answer.Attempt is { Succeeded: true, Status: not StatusCodes.Status200OK })
        {
            account.Record(new Violation(State.Time.Now, batch[0].Event.Id, $"It answered {answer.Attempt.Status}; LINE asks for 200."));
        }

        if (answer.Attempt.Succeeded)
        {
            Interlocked.Exchange(ref _failuresInARow, 0);
            return;
        }

        var failures = Interlocked.Increment(ref _failuresInARow);
        if (account.Settings.Number(LineSettings.SuspendAfterFailures) is > 0 and var limit && failures >= limit)
        {
            account.Settings.Change(new Dictionary<string, string?> { [LineSettings.Suspended] = SettingKey.True });
            Interlocked.Exchange(ref _failuresInARow, 0);
        }
    }

    protected override WebhookRequest Forge(WebhookRequest genuine, SecretHeader secret) => secret == SecretHeader.Wrong
        ? account.Events.SignWith(LineIds.RandomHex(), genuine)
        : base.Forge(genuine, secret);

    // The same event, marked when it was sent before.
    private static JsonNode Event(QueuedDelivery delivery)
    {
        var item = JsonNode.Parse(delivery.Event.Body)!;
        if ((delivery.IsRepeat || delivery.Failures > 0) && item is JsonObject sent)
        {
            sent["deliveryContext"] = new JsonObject { ["isRedelivery"] = true };
        }

        return item;
    }
}
