using MessengerOperator.ProviderSimulator.Accounts;

namespace MessengerOperator.ProviderSimulator.Delivery;

/// <summary>An event that was made and not yet queued.</summary>
internal sealed record EventDraft
{
    /// <summary>The account it is for.</summary>
    public required SimulatedAccount Owner { get; init; }

    /// <summary>The provider's id of the event, or one made up where events have none. Unique in the account.</summary>
    public required string Id { get; init; }

    /// <summary>The provider's kind of event, such as <c>message</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Events of one conversation go one after another; a provider without order gives each its own.</summary>
    public required string Conversation { get; init; }

    /// <summary>The body to send; for a provider that batches, the event's part of it.</summary>
    public required string Body { get; init; }

    /// <summary>The provider's id of the message; null for events that are none.</summary>
    public string? MessageId { get; init; }

    /// <summary>Whether the registration asks for it; otherwise it is only recorded, as filtered.</summary>
    public bool IsWanted { get; init; } = true;
}
