using MessengerOperator.ProviderSimulator.Accounts;

namespace MessengerOperator.ProviderSimulator.Delivery;

/// <summary>
/// Events on their way to a webhook. The provider's part is how to put one or several of them into a signed request, and its
/// rules for trying again; recording, queueing, repeating and forging are here.
/// </summary>
/// <remarks>Usually one queue for an account; accounts whose events go to one URL, and into one request, share one.</remarks>
internal abstract class WebhookQueue : IDeliveryTarget, IAsyncDisposable
{
    private readonly DeliveryPump _pump;
    private long _requests;

    protected WebhookQueue(SimulatorState state)
    {
        State = state;
        _pump = new DeliveryPump(this, state.Time);
    }

    /// <summary>How many requests may run at once; 0 while there is nowhere to deliver to, and only then may <see cref="Prepare"/> give null.</summary>
    public abstract int Parallelism { get; }

    /// <summary>How many events may go in one request; 1 unless the provider batches.</summary>
    public virtual int MaxBatch => 1;

    protected SimulatorState State { get; }

    /// <summary>Events of this account that wait.</summary>
    public int PendingOf(SimulatedAccount owner) => _pump.Count(delivery => ReferenceEquals(delivery.Owner, owner));

    /// <summary>Records the event and queues it, unless nobody asked for it.</summary>
    public AcceptedEvent Accept(EventDraft draft)
    {
        var record = NewRecord(draft, draft.IsWanted ? DeliveryState.Pending : DeliveryState.Filtered);
        var place = draft.Owner.Deliveries.Add(record);
        if (draft.IsWanted)
        {
            _pump.Enqueue(new QueuedDelivery { Owner = draft.Owner, Event = record, LogPlace = place });
        }

        return new AcceptedEvent(record.Id, record.Conversation, draft.MessageId, record.State, null);
    }

    /// <summary>Queues the event, or sends it once past the queue when its proof is not the ordinary one.</summary>
    /// <exception cref="FormatException">It is to be sent at once, and there is no webhook.</exception>
    public async Task<AcceptedEvent> AcceptAsync(EventDraft draft, SecretHeader secret, CancellationToken cancellationToken)
    {
        if (secret == SecretHeader.Registered)
        {
            return Accept(draft);
        }

        var record = NewRecord(draft, DeliveryState.Forged);
        if (Prepare([new QueuedDelivery { Owner = draft.Owner, Event = record, LogPlace = 0 }]) is not { } outgoing)
        {
            throw new FormatException("There is no webhook to deliver to.");
        }

        var place = draft.Owner.Deliveries.Add(record);
        var attempt = await SendOnceAsync(outgoing, secret, cancellationToken);
        draft.Owner.Deliveries.AddAttempt(place, attempt);
        return new AcceptedEvent(record.Id, record.Conversation, draft.MessageId, DeliveryState.Forged, attempt);
    }

    /// <summary>Sends a known event once more, out of turn; null when it or the webhook does not exist.</summary>
    public async Task<AcceptedEvent?> RedeliverAsync(SimulatedAccount owner, string id, SecretHeader secret, CancellationToken cancellationToken)
    {
        if (owner.Deliveries.Find(id) is not var (place, record)
            || Prepare([new QueuedDelivery { Owner = owner, Event = record, LogPlace = place, IsRepeat = true }]) is not { } outgoing)
        {
            return null;
        }

        var attempt = await SendOnceAsync(outgoing, secret, cancellationToken);
        owner.Deliveries.AddAttempt(place, attempt);
        return new AcceptedEvent(record.Id, record.Conversation, null, record.State, attempt);
    }

    /// <summary>Delivers nothing until what is returned is disposed of; several holds add up.</summary>
    public IDisposable Hold() => _pump.Hold();

    /// <summary>Looks at the queue again, because the webhook or the time scale changed.</summary>
    public void Wake() => _pump.Wake();

    /// <summary>Takes matching events out and records what became of them.</summary>
    public void Remove(Func<QueuedDelivery, bool> match, DeliveryState state)
    {
        foreach (var removed in _pump.Remove(match))
        {
            removed.Owner.Deliveries.SetState(removed.LogPlace, state);
        }
    }

    public async Task<IReadOnlyList<DeliveryVerdict>> AttemptAsync(IReadOnlyList<QueuedDelivery> batch, CancellationToken cancellationToken)
    {
        if (Prepare(batch) is not { } outgoing)
        {
            return [.. batch.Select(_ => DeliveryVerdict.Retry(TimeSpan.Zero))];
        }

        var answer = await outgoing.Connection.SendAsync(outgoing.Request, cancellationToken);
        answer = answer with { Attempt = Finish(answer.Attempt) };
        var verdicts = batch.Select(delivery => VerdictOn(delivery, answer.Attempt)).ToList();

        // Before the attempt shows in the log: who waits for it there finds what it has led to.
        Observe(batch, outgoing, answer);
        foreach (var delivery in batch)
        {
            delivery.Owner.Deliveries.AddAttempt(delivery.LogPlace, answer.Attempt);
        }

        foreach (var (delivery, verdict) in batch.Zip(verdicts).Where(pair => pair.Second.State != DeliveryState.Pending))
        {
            delivery.Owner.Deliveries.SetState(delivery.LogPlace, verdict.State);
        }

        return verdicts;
    }

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return _pump.DisposeAsync();
    }

    /// <summary>The signed request that carries these events, and the way to the webhook; null while there is none.</summary>
    protected abstract OutgoingRequest? Prepare(IReadOnlyList<QueuedDelivery> batch);

    /// <summary>What becomes of an event that the receiver did not take; <see cref="QueuedDelivery.Failures"/> are those before.</summary>
    protected abstract DeliveryVerdict JudgeFailure(QueuedDelivery delivery, DeliveryAttempt attempt);

    /// <summary>Whether the provider counts this answer as taken.</summary>
    protected virtual bool IsTaken(DeliveryAttempt attempt) => attempt.Status is >= 200 and <= 299;

    /// <summary>Looks at an answer after it was recorded: violations, last errors, failure clocks.</summary>
    protected virtual void Observe(IReadOnlyList<QueuedDelivery> batch, OutgoingRequest outgoing, WebhookAnswer answer)
    {
    }

    /// <summary>The request with another proof; here for proofs in headers. Proofs in a query or a body are the provider's to forge.</summary>
    /// <exception cref="FormatException">The provider cannot be forged like that.</exception>
    protected virtual WebhookRequest Forge(WebhookRequest genuine, SecretHeader secret) => ForgedHeaders.Apply(genuine, secret);

    /// <summary>The events that wait, oldest first.</summary>
    protected IReadOnlyList<QueuedDelivery> Waiting() => _pump.Waiting();

    private DeliveryVerdict VerdictOn(QueuedDelivery delivery, DeliveryAttempt attempt)
    {
        if (attempt.Succeeded)
        {
            return DeliveryVerdict.Acknowledged;
        }

        var verdict = JudgeFailure(delivery, attempt);
        delivery.Failures++;
        return verdict;
    }

    private async Task<DeliveryAttempt> SendOnceAsync(OutgoingRequest outgoing, SecretHeader secret, CancellationToken cancellationToken) =>
        Finish(secret == SecretHeader.Registered
            ? (await outgoing.Connection.SendAsync(outgoing.Request, cancellationToken)).Attempt
            : await outgoing.Connection.SendRawAsync(Forge(outgoing.Request, secret), secret, cancellationToken));

    private DeliveryAttempt Finish(DeliveryAttempt attempt) =>
        attempt with { Succeeded = IsTaken(attempt), Request = Interlocked.Increment(ref _requests) };

    private DeliveryRecord NewRecord(EventDraft draft, DeliveryState state) => new()
    {
        Id = draft.Id,
        Kind = draft.Kind,
        Conversation = draft.Conversation,
        CreatedAt = State.Time.Now,
        Body = draft.Body,
        State = state,
    };
}
