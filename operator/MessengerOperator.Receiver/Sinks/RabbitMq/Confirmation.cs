namespace MessengerOperator.Receiver.Sinks.RabbitMq;

/// <summary>The broker's answer to a published message.</summary>
internal enum Confirmation
{
    /// <summary>It is in a queue, on as many nodes' disks as that queue wants.</summary>
    Taken,

    /// <summary>No queue takes it; the broker has thrown it away.</summary>
    Unroutable,

    /// <summary>A queue did not take it: it is full, or failed.</summary>
    Rejected,

    /// <summary>It is larger than the broker takes.</summary>
    TooLarge,

    /// <summary>There is no such exchange.</summary>
    NoExchange,

    /// <summary>The user may not write to the exchange.</summary>
    Forbidden,

    /// <summary>The channel or the connection closed before there was an answer.</summary>
    Lost,
}
