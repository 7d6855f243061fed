using MessengerOperator.Receiver.Spool;

namespace MessengerOperator.Receiver.Delivery;

/// <summary>Reads the next events of a lane, within what its queue has read.</summary>
internal sealed class LaneRead(DeliverySchedule schedule, Lane lane) : ISpoolTask
{
    public void Run(SpoolFile file)
    {
        var events = new List<StoredEvent>();
        long? readOnAfter = null;
        if (schedule.PageOf(lane) is var (source, after, upTo, mostBytes))
        {
            if (lane.Key >= 0)
            {
                readOnAfter = file.Events.ReadLane(source, lane.Key, after, upTo, DeliverySchedule.LaneEvents, mostBytes, events);
            }
            else
            {
                file.Events.ReadOne(source, upTo, events);
            }
        }

        schedule.Read(lane, events, readOnAfter);
    }

    public void Fail() => schedule.Read(lane, events: null, readOnAfter: null);
}
