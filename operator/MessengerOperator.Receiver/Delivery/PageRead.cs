using MessengerOperator.Receiver.Spool;

namespace MessengerOperator.Receiver.Delivery;

/// <summary>Reads the next events of a queue.</summary>
internal sealed class PageRead(DeliverySchedule schedule, SourceQueue queue) : ISpoolTask
{
    public void Run(SpoolFile file)
    {
        var events = new List<StoredEvent>();
        var complete = schedule.PageOf(queue) is var (source, after, mostBytes)
            && file.Events.Read(source, after, DeliverySchedule.PageEvents, mostBytes, events);
        schedule.Read(queue, events, complete);
    }

    public void Fail() => schedule.Read(queue, events: null, complete: false);
}
