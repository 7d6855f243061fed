namespace MessengerOperator.ProviderSimulator.Delivery;

/// <summary>Where a delivery stands.</summary>
public enum DeliveryState
{
    /// <summary>In the queue, perhaps tried already.</summary>
    Pending,

    /// <summary>Taken by the receiver.</summary>
    Acknowledged,

    /// <summary>Given up: it expired, or the provider does not try again.</summary>
    Expired,

    /// <summary>Thrown away with the queue, by <c>drop_pending_updates</c>.</summary>
    Discarded,

    /// <summary>Never queued: the account's registration does not ask for this kind.</summary>
    Filtered,

    /// <summary>Fetched by polling.</summary>
    Polled,

    /// <summary>Sent once outside the queue, with a secret header that is not the ordinary one.</summary>
    Forged,
}
