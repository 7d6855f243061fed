using MessengerOperator.Receiver.Spool;

namespace MessengerOperator.Receiver.Delivery;

/// <content>What of the spool is in memory.</content>
internal sealed partial class DeliverySchedule
{
    /// <summary>Events of a lane in memory at most.</summary>
    public const int LaneEvents = 16;

    /// <summary>Events that are read at once.</summary>
    public const int PageEvents = 128;

    /// <summary>Bytes that are read at once, roughly.</summary>
    public const int PageBytes = 512 * 1024;

    // A page is read when no more events of the queue than this are in memory.
    private const int LowWater = 64;

    // Beyond, accepted events are left to the disk.
    private const int MostLoaded = 512;
    private const long MostLoadedBytes = 2 * 1024 * 1024;

    // Conversations of one integration that may be failing at a time before the others of it have to wait.
    private const int MostLanes = 4096;

    private long _loadedBytes;

    /// <summary>Where to read a queue on; null when that is not to be read.</summary>
    public (SpoolSource Source, long After, long MostBytes)? PageOf(SourceQueue queue)
    {
        lock (_gate)
        {
            return queue.IsLost ? null : (queue.Source, queue.Cursor, MostBytes);
        }
    }

    /// <summary>A queue was read; null when that did not go.</summary>
    public void Read(SourceQueue queue, List<StoredEvent>? events, bool complete)
    {
        lock (_gate)
        {
            queue.IsReading = false;
            if (queue.IsLost || events is null)
            {
                return;
            }

            var placed = 0;
            while (placed < events.Count && TryPlace(queue, events[placed]))
            {
                placed++;
            }

            queue.HasMore = !complete || placed < events.Count;
            Dispatch(queue.Line, _clock.Now);
            ReadOn(queue);
            TellIfDrained();
        }
    }

    /// <summary>Where to read a lane on; null when that is not to be read.</summary>
    public (SpoolSource Source, long After, long UpTo, long MostBytes)? PageOf(Lane lane)
    {
        lock (_gate)
        {
            return lane.IsOrphan || lane.OnDiskAfter is not { } after ? null : (lane.Queue.Source, after, lane.Key < 0 ? after + 1 : lane.Queue.Cursor, MostBytes);
        }
    }

    /// <summary>A lane was read; null when that did not go.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="events">Its next events; none is possible.</param>
    /// <param name="readOnAfter">The number after which others may be; null when these were all.</param>
    public void Read(Lane lane, List<StoredEvent>? events, long? readOnAfter)
    {
        lock (_gate)
        {
            if (lane.IsOrphan || lane.State != LaneState.Loading)
            {
                return;
            }

            var now = _clock.Now;
            if (events is null)
            {
                EndReload(lane);
                Wait(lane);
                return;
            }

            events.ForEach(stored => Append(lane, stored));
            lane.OnDiskAfter = readOnAfter;
            GoOn(lane, now);
            Dispatch(lane.Queue.Line, now);
            TellIfDrained();
        }
    }

    // With enough in memory one event is read at a time, so that nobody has to wait for others to be done.
    private long MostBytes => _loadedBytes < MostLoadedBytes ? PageBytes : 1;

    private bool HasRoom(SourceQueue queue, DateTimeOffset now) =>
        !queue.Line.IsBlocked(now) && queue.Loaded < MostLoaded && (queue.Loaded == 0 || _loadedBytes < MostLoadedBytes);

    private bool HasRoom(SinkLine line) => _loadedBytes < MostLoadedBytes || line is { Ready.Count: 0, Reloading: 0, InFlight: 0 };

    private void ReadOn(SourceQueue queue)
    {
        if (queue is { HasMore: true, IsReading: false, Loaded: <= LowWater } && queue.Lanes.Count < MostLanes && HasRoom(queue, _clock.Now) && !_stopped)
        {
            queue.IsReading = true;
            _spool.Post(new PageRead(this, queue));
        }
    }

    /// <summary>Gives an event to its lane and moves the cursor past it; false when the lane would be one too many.</summary>
    private bool TryPlace(SourceQueue queue, StoredEvent stored)
    {
        if (!queue.Lanes.TryGetValue(KeyOf(stored), out var lane))
        {
            if (queue.Lanes.Count >= MostLanes)
            {
                return false;
            }

            lane = new(queue, KeyOf(stored), Deliver);
            queue.Lanes.Add(lane.Key, lane);
            Append(lane, stored);
            Enqueue(lane, _clock.Now);
        }
        else if (lane.OnDiskAfter is null && lane.Count < LaneEvents)
        {
            Append(lane, stored);
        }
        else
        {
            lane.OnDiskAfter ??= stored.Seq - 1;
        }

        queue.Cursor = stored.Seq;
        return true;
    }

    private void Append(Lane lane, StoredEvent stored)
    {
        lane.Append(stored);
        lane.Queue.Loaded++;
        _loadedBytes += stored.Bytes;
    }

    private void Unload(Lane lane)
    {
        for (var stored = lane.Head; stored is not null; stored = stored.Next)
        {
            lane.Queue.Loaded--;
            _loadedBytes -= stored.Bytes;
        }

        lane.Unload();
    }
}
