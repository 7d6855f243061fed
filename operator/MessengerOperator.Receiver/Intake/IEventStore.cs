namespace MessengerOperator.Receiver.Intake;

/// <summary>Takes events into custody. Once it says that they are safe the provider is told 2xx and forgets them.</summary>
internal interface IEventStore
{
    /// <summary>
    /// Takes the events of one request, in their order, all or none as far as the answer goes: when only some could be taken it is
    /// <see cref="Custody.IsSafe"/> false and the provider's repeat brings all of them again, with the same ids. Never throws for trouble outside of the process.
    /// Notes at the recorder what is safe.
    /// </summary>
    Task<Custody> TakeAsync(IReadOnlyList<OutgoingEvent> events);
}
