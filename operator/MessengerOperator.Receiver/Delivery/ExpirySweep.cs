using MessengerOperator.Receiver.Spool;
using MessengerOperator.Receiver.Telemetry;

namespace MessengerOperator.Receiver.Delivery;

/// <summary>Puts events aside that have grown too old while their sink takes nothing; the others meet the age limit when it is their turn.</summary>
internal sealed class ExpirySweep(DeliverySchedule schedule, EventSpool spool, IReadOnlyCollection<SpoolSource> sources, DateTimeOffset before, SpoolMetrics metrics, TimeProvider time, ILogger logger) : ISpoolTask
{
    private const int AtOnce = 64;

    public void Run(SpoolFile file)
    {
        var old = new List<StoredEvent>();
        var isMore = false;
        foreach (var source in sources)
        {
            var events = new List<StoredEvent>();
            file.Events.Read(source, source.First, AtOnce, DeliverySchedule.PageBytes, events);
            isMore |= events.Count == AtOnce && events[^1].AcceptedAt < before;
            old.AddRange(events.Where(stored => stored.AcceptedAt < before && schedule.IsAlone(stored)));
        }

        if (old.Count == 0)
        {
            return;
        }

        // Written at once: what is read after this task must not have them any more.
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        file.Begin();
        old.ForEach(stored => file.Settle(new(stored.Source, stored.Seq, DeadLetterReason.Expired), now));
        file.Commit(now);
        foreach (var stored in old)
        {
            metrics.PutAside(DeadLetterReason.Expired);
            ReceiverLog.EventPutAside(logger, stored.Content.Id, stored.Source.Name, DeadLetterReason.Expired, statusCode: null);
        }

        if (isMore)
        {
            // Behind the requests that came meanwhile.
            spool.Post(this);
        }
    }

    public void Fail()
    {
        // The next one will do it.
    }
}
