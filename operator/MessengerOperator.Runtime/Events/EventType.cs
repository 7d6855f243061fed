namespace MessengerOperator.Runtime.Events;

/// <summary>The type of an event; the names are the values on the wire.</summary>
public enum EventType
{
    /// <summary>For information.</summary>
    Normal,

    /// <summary>Somebody may have to do something.</summary>
    Warning,
}
