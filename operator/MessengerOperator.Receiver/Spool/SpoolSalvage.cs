using MessengerOperator.Receiver.Telemetry;

namespace MessengerOperator.Receiver.Spool;

/// <summary>Brings what can still be read of a file that was set aside into the new one, a little at a time, so that requests get their turn in between.</summary>
/// <remarks>
/// First the events, in their order, then the dead letters, then the ids by which repeats are told. What cannot be read is passed over
/// (<see cref="DamageSkip"/>). An end of the process in the middle does no harm: the next one begins again, and what was brought over is known as a repeat. Of the damaged file only
/// the log is brought into it, as SQLite does when it closes a file.
/// </remarks>
internal sealed class SpoolSalvage(string path, EventSpool spool, SpoolLimits limits, TimeProvider time, ILogger logger) : ISpoolTask
{
    private const int AtOnce = 256;
    private const int RepeatsAtOnce = 8 * AtOnce;

    private readonly List<StoredEvent> _added = [];
    private DamagedFile? _damaged;
    private Progress _now;
    private Progress _committed;

    private enum Step
    {
        Open,
        Events,
        DeadLetters,
        Repeats,
        End,
    }

    /// <summary>Reads a little and asks to be called again, until there is no more.</summary>
    public void Run(SpoolFile file)
    {
        if (spool.Status.IsFull)
        {
            Fail();
            return;
        }

        _added.Clear();
        file.Begin();
        Advance(file);
        file.Commit(time.GetUtcNow().ToUnixTimeMilliseconds());
        spool.TellAccepted(file, _added);
        _committed = _now;
        if (_now.Step == Step.End)
        {
            _damaged?.Dispose();
            SpoolFolder.NoteSalvaged(path);
            ReceiverLog.SpoolSalvaged(logger, _now.Events, _now.Letters, _now.Gaps, Path.GetFileName(path));
        }
        else
        {
            spool.Post(this);
        }
    }

    public void Fail()
    {
        _now = _committed;
        spool.PostLater(this);
    }

    private void Advance(SpoolFile file)
    {
        if (_now.Step == Step.Open)
        {
            _damaged = DamagedFile.TryOpen(path);
            _now.Step = _damaged is null ? Step.End : Step.Events;
            return;
        }

        var read = Read(file);
        if (read == DamagedRead.Unreadable)
        {
            _now.Gaps++;
            var past = DamageSkip.Past(_now.After, CanRead);
            (read, _now.After) = past is null ? (DamagedRead.Complete, _now.After) : (DamagedRead.More, past.Value);
        }

        if (read == DamagedRead.Complete)
        {
            (_now.Step, _now.After) = (_now.Step + 1, 0);
        }
    }

    private DamagedRead Read(SpoolFile file) => _now.Step switch
    {
        Step.Events => AddEvents(file),
        Step.DeadLetters => AddDeadLetters(file),
        _ => AddRepeats(file),
    };

    private bool CanRead(long after) => DamagedRead.Unreadable != _now.Step switch
    {
        Step.Events => _damaged!.ReadEvents(after, most: 1, long.MaxValue, []),
        Step.DeadLetters => _damaged!.ReadDeadLetters(after, most: 1, long.MaxValue, []),
        _ => _damaged!.ReadRepeats(after, most: 1, []),
    };

    private DamagedRead AddEvents(SpoolFile file)
    {
        var events = new List<(long Seq, StoredEvent Stored)>();
        var read = _damaged!.ReadEvents(_now.After, AtOnce, limits.BatchBytes, events);
        foreach (var (seq, stored) in events)
        {
            _now.After = seq;
            if (file.Add(stored.Content, stored.Lane, stored.AcceptedAt) is { } added)
            {
                _added.Add(added);
                _now.Events++;
            }
        }

        return read;
    }

    private DamagedRead AddDeadLetters(SpoolFile file)
    {
        var letters = new List<DeadLetter>();
        var read = _damaged!.ReadDeadLetters(_now.After, AtOnce, limits.BatchBytes, letters);
        foreach (var letter in letters)
        {
            _now.After = letter.Number;
            _now.Letters += file.AddDeadLetter(letter) ? 1 : 0;
        }

        return read;
    }

    private DamagedRead AddRepeats(SpoolFile file)
    {
        var repeats = new List<(long Seq, string Source, byte[] Key, long At)>();
        var read = _damaged!.ReadRepeats(_now.After, RepeatsAtOnce, repeats);
        foreach (var (seq, source, key, at) in repeats)
        {
            _now.After = seq;
            file.Remember(source, key, at);
        }

        return read;
    }

    /// <summary>How far it has come: what it reads now, the last number that it knows, what it has brought over, and how often something could not be read.</summary>
    private record struct Progress(Step Step, long After, int Events, int Letters, int Gaps);
}
