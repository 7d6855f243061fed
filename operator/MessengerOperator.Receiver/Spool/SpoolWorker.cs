using System.Runtime.InteropServices;
using MessengerOperator.Receiver.Lifecycle;
using MessengerOperator.Receiver.Telemetry;

namespace MessengerOperator.Receiver.Spool;

/// <summary>What the spool's one thread does: many requests in one transaction, the tasks, and keeping the house in order.</summary>
/// <remarks>Deliveries that could not be written are kept and written with the next transaction that can.</remarks>
internal sealed class SpoolWorker(
    SpoolGuard guard, SpoolLimits limits, SpoolStatus status, RepeatWindow repeatWindow, TimeSpan deadLetterAge, SpoolMetrics metrics, TimeProvider time, ILogger logger)
{
    private const int ForgetEvery = 256;
    private const int ForgetAtOnce = 2 * ForgetEvery;
    private const int VacuumPages = 512;
    private const int DiscardAtOnce = 256;

    // As long as deliveries cannot be written, no more than so many are made: they would all be made again after a crash.
    private const int MostUnsettled = 10_000;
    private static readonly TimeSpan MaintainEvery = TimeSpan.FromSeconds(1);

    private readonly SteadyClock _clock = new(time);
    private readonly List<Settlement> _unsettled = [];
    private readonly List<StoredEvent> _fresh = [];
    private int _remembered;
    private DateTimeOffset _maintainAt;

    /// <summary>Does what the turn asks for. Every entry's task has ended, and every task has run or failed, when it returns.</summary>
    public void Do(SpoolTurn turn)
    {
        _unsettled.AddRange(turn.Settlements);
        if (guard.EnsureOpen())
        {
            Write(turn.Entries);
        }

        foreach (var entry in turn.Entries)
        {
            // Those of transactions that were committed have ended already.
            entry.TrySetResult(status.IsFull ? SpoolOutcome.Full : SpoolOutcome.Unavailable);
        }

        foreach (var task in turn.Tasks)
        {
            if (_unsettled.Count > MostUnsettled || !guard.Try(task.Run))
            {
                // A damaged file is replaced before anybody hears of it.
                guard.EnsureOpen();
                task.Fail();
            }
        }

        guard.Try(file => file.ShortenLog());
        var now = _clock.Now;
        if (now >= _maintainAt)
        {
            _maintainAt = now + MaintainEvery;
            guard.Try(file => Maintain(file, time.GetUtcNow()));
        }
    }

    /// <summary>Writes all, in transactions of a bounded size, until one cannot be written.</summary>
    private void Write(List<SpoolEntry> entries)
    {
        var next = 0;
        var failed = false;
        while (next < entries.Count || _unsettled.Count > 0)
        {
            var end = next;
            if (guard.Try(file => end = WriteBatch(file, entries, next)))
            {
                guard.Wrote();
                Complete(CollectionsMarshal.AsSpan(entries)[next..end]);
                next = end;
            }
            else if (failed || !guard.EnsureOpen())
            {
                return;
            }
            else
            {
                // Once more: a damaged file has been replaced, or a full log brought into the database.
                failed = true;
            }
        }
    }

    private int WriteBatch(SpoolFile file, List<SpoolEntry> entries, int start)
    {
        var started = time.GetTimestamp();
        var now = time.GetUtcNow();
        _fresh.Clear();
        file.Begin();
        Settle(file, now, dead: false);
        Settle(file, now, dead: true);
        var end = Add(file, entries, start, now);
        ForgetRepeats(file, now);
        file.Commit(now.ToUnixTimeMilliseconds());
        _unsettled.Clear();
        status.Publish(file.Sources);
        metrics.Committed(time.GetElapsedTime(started));
        return end;
    }

    /// <summary>Dead letters are copied, so what makes room comes first.</summary>
    private void Settle(SpoolFile file, DateTimeOffset now, bool dead)
    {
        foreach (ref readonly var settlement in CollectionsMarshal.AsSpan(_unsettled))
        {
            if (settlement.Reason is not null == dead)
            {
                file.Settle(settlement, now.ToUnixTimeMilliseconds());
            }
        }
    }

    /// <summary>Adds as many requests as one transaction takes, and marks those for which there is no room. Returns where it stopped.</summary>
    private int Add(SpoolFile file, List<SpoolEntry> entries, int start, DateTimeOffset now)
    {
        var room = status.UsableBytes - file.UsedBytes;
        long bytes = 0;
        var end = start;
        while (end < entries.Count && (bytes == 0 || bytes + entries[end].Bytes <= limits.BatchBytes))
        {
            var entry = entries[end++];
            entry.Outcome = bytes + entry.Bytes <= room ? SpoolOutcome.Safe : SpoolOutcome.Full;
            if (entry.Outcome == SpoolOutcome.Safe)
            {
                bytes += entry.Bytes;
                Add(file, entry, now);
            }
            else
            {
                guard.LacksRoom(entry.Bytes);
            }
        }

        return end;
    }

    private void Add(SpoolFile file, SpoolEntry entry, DateTimeOffset now)
    {
        entry.Repeats?.Clear();
        for (var i = 0; i < entry.Events.Count; i++)
        {
            var (route, content) = entry.Events[i];
            if (file.Add(content, route.KeepsOrder ? ConversationLane.Of(content.PartitionKey) : null, now) is { } stored)
            {
                _fresh.Add(stored);
            }
            else
            {
                (entry.Repeats ??= []).Add(i);
            }
        }
    }

    private void Complete(ReadOnlySpan<SpoolEntry> entries)
    {
        foreach (var entry in entries)
        {
            entry.SetResult(entry.Outcome);
        }

        if (_fresh.Count > 0)
        {
            guard.Backlog?.Accepted(_fresh);
        }
    }

    private void ForgetRepeats(SpoolFile file, DateTimeOffset now)
    {
        _remembered += _fresh.Count;
        if (_remembered >= ForgetEvery)
        {
            _remembered = 0;
            metrics.RepeatsForgotten(file.ForgetRepeats((now - repeatWindow.Longest).ToUnixTimeMilliseconds(), limits.RepeatsKept, ForgetAtOnce));
        }
    }

    private void Maintain(SpoolFile file, DateTimeOffset now)
    {
        file.RefreshOldest();
        file.ForgetLanes();
        DiscardOld(file, now);
        if (file.FreePages > guard.FreePagesKept)
        {
            file.Vacuum(VacuumPages);
        }

        if (status.Trouble is not null)
        {
            file.Probe();
            guard.Wrote();
        }
        else
        {
            guard.KeepReserve();
            guard.Measure();
        }
    }

    private void DiscardOld(SpoolFile file, DateTimeOffset now)
    {
        var old = file.DeadLetters.Keys(after: 0, long.MaxValue, (now - deadLetterAge).ToUnixTimeMilliseconds(), DiscardAtOnce, long.MaxValue);
        if (old.Count == 0)
        {
            return;
        }

        file.Begin();
        old.ForEach(key => file.Discard(key.Number, file.Source(key.Source)));
        file.Commit(now.ToUnixTimeMilliseconds());
        metrics.DeadLettersDiscarded(old.Count);
        ReceiverLog.DeadLettersDiscarded(logger, old.Count);
    }
}
