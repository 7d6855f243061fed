namespace MessengerOperator.Receiver.Spool;

/// <summary>Why an event was put aside. Stored by number: never renumber.</summary>
internal enum DeadLetterReason
{
    /// <summary>The sink said that it will never take it.</summary>
    Refused = 1,

    /// <summary>It was not delivered within the age limit.</summary>
    Expired = 2,

    /// <summary>The sink failed on it again and again, and took others in the meantime.</summary>
    Exhausted = 3,
}
