using MessengerOperator.ProviderSimulator.Delivery;

namespace MessengerOperator.ProviderSimulator.Viber;

/// <summary>The events of one bot on their way to its webhook; none waits for another.</summary>
internal sealed class ViberQueue(ViberAccount account, SimulatorState state) : WebhookQueue(state)
{
    /// <summary>Ten tries in about an hour and a half.</summary>
    private static readonly RetrySchedule Schedule = new()
    {
        Delays = [TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(300), TimeSpan.FromSeconds(600), TimeSpan.FromSeconds(900)],
        Lifetime = TimeSpan.FromHours(2),
        MaxAttempts = 10,
    };

    public override int Parallelism => account.Token is null || account.IsBlocked || account.IsSuspended ? 0 : account.Webhooks.Current?.Registration.MaxConnections ?? 0;

    protected override OutgoingRequest? Prepare(IReadOnlyList<QueuedDelivery> batch) => account.Webhooks.Current is { } webhook
        ? new OutgoingRequest(webhook.Connection, ViberSignature.Sign(account, webhook.Connection.Endpoint.Url, batch.Single().Event.Body))
        : null;

    protected override bool IsTaken(DeliveryAttempt attempt) => attempt.Status == StatusCodes.Status200OK;

    protected override DeliveryVerdict JudgeFailure(QueuedDelivery delivery, DeliveryAttempt attempt) => Schedule.After(delivery, State.Time);

    protected override void Observe(IReadOnlyList<QueuedDelivery> batch, OutgoingRequest outgoing, WebhookAnswer answer)
    {
        var delivered = batch.Single();
        if (!answer.Attempt.Succeeded)
        {
            return;
        }

        if (answer.Body.Length > 0)
        {
            account.Messages.TakeAnswer(delivered.Event, answer.Body);
        }

        if (delivered.Event.Kind == "message" && !delivered.IsRepeat && account.Settings.IsOn(ViberSettings.DeliveredForInbound))
        {
            Accept(ViberEvents.ReceiptFor(account, delivered.Event, State.Time));
        }
    }

    protected override WebhookRequest Forge(WebhookRequest genuine, SecretHeader secret)
    {
        var signature = genuine.Url!.Query["?sig=".Length..];
        var header = account.Settings.IsOn(ViberSettings.SignatureHeader);
        return secret switch
        {
            SecretHeader.Missing => ViberSignature.With(genuine, null, header),
            SecretHeader.Wrong => ViberSignature.With(genuine, new string('0', signature.Length), header),
            SecretHeader.WrongCase => ViberSignature.With(genuine, ForgedHeaders.TurnCase(signature), header),
            SecretHeader.Doubled when !header => genuine with { Url = new UriBuilder(genuine.Url) { Query = $"sig={signature}&sig={signature}" }.Uri },
            _ => base.Forge(genuine, secret),
        };
    }
}
