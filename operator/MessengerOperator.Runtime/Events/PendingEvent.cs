using k8s.Models;

namespace MessengerOperator.Runtime.Events;

/// <summary>An event that was published and not yet written.</summary>
internal sealed record PendingEvent(V1ObjectReference Regarding, EventType Type, string Reason, string Message, DateTime At);
