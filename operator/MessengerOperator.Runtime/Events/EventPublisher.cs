using k8s;
using k8s.Models;

namespace MessengerOperator.Runtime.Events;

/// <summary>
/// Publishes an event about <paramref name="entity"/>, seen by <c>kubectl describe</c>. Returns at once and never throws: events are written in the
/// background, repeats are counted into one event, and an object that produces too many is held back.
/// </summary>
/// <param name="entity">What the event is about; it needs apiVersion, kind, name, namespace and uid.</param>
/// <param name="reason">One CamelCase word from a fixed catalogue.</param>
/// <param name="message">What happened and what to do, without secrets; cut at 1024 bytes.</param>
/// <param name="type">Normal or Warning.</param>
public delegate void EventPublisher(IKubernetesObject<V1ObjectMeta> entity, string reason, string message, EventType type = EventType.Normal);
