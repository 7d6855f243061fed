using MessengerOperator.Receiver.Configuration;

namespace MessengerOperator.Receiver.Intake;

/// <summary>An event on its way to the sink of its integration.</summary>
internal readonly record struct OutgoingEvent(ServedRoute Route, CloudEvent Event);
