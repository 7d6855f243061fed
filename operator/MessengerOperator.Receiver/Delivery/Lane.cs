using MessengerOperator.Receiver.Configuration;
using MessengerOperator.Receiver.Spool;

namespace MessengerOperator.Receiver.Delivery;

/// <summary>Events that are delivered one after the other: a conversation, or a single event to which no order is owed. Belongs to the schedule.</summary>
internal sealed class Lane(SourceQueue queue, long key, Action<Lane> deliver) : IThreadPoolWorkItem
{
    private StoredEvent? _last;

    /// <summary>Its integration.</summary>
    public SourceQueue Queue { get; } = queue;

    /// <summary>The conversation's number; below zero, an event's.</summary>
    public long Key { get; } = key;

    /// <summary>The next event when it is in memory.</summary>
    public StoredEvent? Head { get; private set; }

    /// <summary>Events in memory.</summary>
    public int Count { get; private set; }

    /// <summary>Events with higher numbers, up to the queue's cursor, are on the disk only; null when all are in memory.</summary>
    public long? OnDiskAfter { get; set; }

    /// <summary>What it is waiting for.</summary>
    public LaneState State { get; set; }

    /// <summary>The sink that its first event is on its way to, or that it waits for.</summary>
    public SinkLine? Line { get; set; }

    /// <summary>The integration as it was when its first event was sent.</summary>
    public ServedRoute? Route { get; set; }

    /// <summary>Failures of the first event in a row, since the process started.</summary>
    public int Failures { get; set; }

    /// <summary>Failures of the first event between which the sink took others.</summary>
    public int Strikes { get; set; }

    /// <summary>How many the sink had taken at the last failure.</summary>
    public long TakenAtFailure { get; set; }

    /// <summary>Whether its delivery is the one that asks whether the sink is well again.</summary>
    public bool Asks { get; set; }

    /// <summary>Whether it counts as being read for its line.</summary>
    public bool IsReloading { get; set; }

    /// <summary>When it may try again; only while resting.</summary>
    public DateTimeOffset DueAt { get; set; }

    /// <summary>Whether its events are of a file that was set aside.</summary>
    public bool IsOrphan { get; set; }

    /// <summary>Adds an event at the end.</summary>
    public void Append(StoredEvent stored)
    {
        stored.Next = null;
        if (_last is null)
        {
            Head = stored;
        }
        else
        {
            _last.Next = stored;
        }

        _last = stored;
        Count++;
    }

    /// <summary>Takes the first event off.</summary>
    public StoredEvent Pop()
    {
        var head = Head!;
        Head = head.Next;
        _last = Head is null ? null : _last;
        Count--;
        (Failures, Strikes, TakenAtFailure) = (0, 0, 0);
        return head;
    }

    /// <summary>Lets go of the events in memory; they are on the disk.</summary>
    public void Unload()
    {
        if (Head is { } head)
        {
            OnDiskAfter = head.Seq - 1;
            (Head, _last, Count) = (null, null, 0);
        }
    }

    void IThreadPoolWorkItem.Execute() => deliver(this);
}
