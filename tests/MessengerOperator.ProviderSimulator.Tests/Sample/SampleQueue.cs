using System.Text;
using MessengerOperator.ProviderSimulator.Delivery;

namespace MessengerOperator.ProviderSimulator.Tests.Sample;

/// <summary>Puts up to three events into one request, tries twice, and counts 200 alone as taken.</summary>
internal sealed class SampleQueue(SimulatorState state, WebhookConnection connection) : WebhookQueue(state)
{
    private static readonly RetrySchedule Schedule = new()
    {
        Delays = [TimeSpan.FromMilliseconds(1)],
        Lifetime = TimeSpan.FromHours(1),
        MaxAttempts = 2,
    };

    public override int Parallelism => 1;

    public override int MaxBatch => 3;

    protected override OutgoingRequest? Prepare(IReadOnlyList<QueuedDelivery> batch) => new OutgoingRequest(connection, new WebhookRequest
    {
        Body = Encoding.UTF8.GetBytes($"[{string.Join(',', batch.Select(delivery => delivery.Event.Body))}]"),
        Headers = [new WebhookHeader("X-Proof", batch[0].Owner.Settings["secret"], IsProof: true), new WebhookHeader("Content-Type", "application/json")],
        Timeout = TimeSpan.FromSeconds(10),
    });

    protected override DeliveryVerdict JudgeFailure(QueuedDelivery delivery, DeliveryAttempt attempt) => Schedule.After(delivery, State.Time);

    protected override bool IsTaken(DeliveryAttempt attempt) => attempt.Status == 200;
}
