namespace MessengerOperator.ProviderSimulator.Faults;

/// <summary>How a provider call is made to fail.</summary>
public enum FaultKind
{
    /// <summary>The provider's own error envelope with the given status and description.</summary>
    Error,

    /// <summary>The ordinary answer, late.</summary>
    Slow,

    /// <summary>An HTML page as a gateway would send it.</summary>
    Html,

    /// <summary>No body at all.</summary>
    EmptyBody,

    /// <summary>A body that starts like JSON and is not.</summary>
    Garbage,

    /// <summary>TCP reset instead of an answer.</summary>
    ConnectionReset,

    /// <summary>The connection is closed in good order, without an answer.</summary>
    CloseWithoutAnswer,
}
