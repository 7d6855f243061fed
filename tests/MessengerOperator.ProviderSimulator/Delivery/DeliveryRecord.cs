namespace MessengerOperator.ProviderSimulator.Delivery;

/// <summary>One event and all that was tried with it.</summary>
public sealed record DeliveryRecord
{
    /// <summary>The provider's id of the event; for Telegram the <c>update_id</c>. Not unique among forged deliveries.</summary>
    public required string Id { get; init; }

    /// <summary>The provider's kind of event, such as <c>message</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The conversation whose events go one after another; for Telegram the chat id.</summary>
    public required string Conversation { get; init; }

    /// <summary>When the event was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The exact body that is sent.</summary>
    public required string Body { get; init; }

    /// <summary>Where it stands.</summary>
    public required DeliveryState State { get; init; }

    /// <summary>All tries, oldest first.</summary>
    public IReadOnlyList<DeliveryAttempt> Attempts { get; init; } = [];

    /// <summary>How often it was answered with 2xx; more than 1 after a repeated delivery.</summary>
    public int Acknowledgements => Attempts.Count(attempt => attempt.Succeeded);
}
