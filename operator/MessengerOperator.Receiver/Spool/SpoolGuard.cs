using MessengerOperator.Receiver.Lifecycle;
using MessengerOperator.Receiver.Spool.Sqlite;
using MessengerOperator.Receiver.Telemetry;

namespace MessengerOperator.Receiver.Spool;

/// <summary>Opens the spool's file and stands between its trouble and everybody else. For the spool's thread only.</summary>
/// <remarks>
/// A full disk leaves the file open: what is in it can still be delivered. The reserve is given up for that, and until it is there again the file does not grow: events take the
/// place of those that were delivered. What cannot be a spool any more is set aside and a new file
/// begun at once. After anything else the file is closed and opened again a second later.
/// </remarks>
internal sealed class SpoolGuard(SpoolFolder folder, SpoolLimits limits, SpoolStatus status, SpoolMetrics metrics, TimeProvider time, ILogger logger)
{
    private const int FreePagesAtRest = 1024;
    private const int OpenAttempts = 2;
    private const int SetAsideShare = 2;

    // A request that asks for more says little of the others.
    private const int MostNeededShare = 16;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly SteadyClock _clock = new(time);
    private readonly List<StoredEvent> _rescued = [];
    private readonly SpoolReserve _reserve = new(folder, limits.ReserveBytes);
    private long _needed;
    private bool _mayGrow;
    private DateTimeOffset _openAt;
    private int _generation;
    private bool _everOpened;

    /// <summary>Told when a file is opened or lost; null until somebody follows.</summary>
    public IBacklog? Backlog { get; private set; }

    /// <summary>Told the full path of a file that was set aside and may still hold something.</summary>
    public Action<string>? Salvage { get; init; }

    /// <summary>The open file; null when there is none.</summary>
    public SpoolFile? File { get; private set; }

    /// <summary>Opens the file if it is not open and it is time to try; whether it is open.</summary>
    public bool EnsureOpen()
    {
        // Twice: the first may find a file that has to be set aside.
        for (var attempt = 0; attempt < OpenAttempts && File is null && _clock.Now >= _openAt; attempt++)
        {
            Catch(Open);
        }

        return File is not null;
    }

    /// <summary>Does something with the file; false when there is none, or when it did not go: then what was begun is undone.</summary>
    public bool Try(Action<SpoolFile> action) => File is { } file && Catch(() => action(file));

    /// <summary>Tells <paramref name="backlog"/> of the file, if there is one, and of every change from then on.</summary>
    public void Follow(IBacklog backlog)
    {
        Backlog = backlog;
        if (File is { } file)
        {
            backlog.Opened(file.Sources);
        }
    }

    /// <summary>A write went well: whatever trouble there was is over.</summary>
    public void Wrote()
    {
        if (status.Trouble is not null)
        {
            status.Trouble = null;
            ReceiverLog.SpoolRecovered(logger);
        }

        Measure();
    }

    /// <summary>There was no room for a request of that size: the spool is full until there is.</summary>
    public void LacksRoom(long bytes) => _needed = Math.Min(bytes, status.UsableBytes / MostNeededShare);

    /// <summary>Pages of the file that may hold nothing: beyond, they are better given back to the disk.</summary>
    public long FreePagesKept => _mayGrow ? FreePagesAtRest : limits.ReserveBytes / SpoolLimits.PageBytes;

    /// <summary>Lets the file grow again once there is room for a reserve.</summary>
    public void KeepReserve()
    {
        var mayGrow = _reserve.Keep();
        if (mayGrow != _mayGrow && File is { } file)
        {
            file.Limit(mayGrow ? limits.MostFilePages : file.FileBytes / SpoolLimits.PageBytes);
            _mayGrow = mayGrow;
        }
    }

    /// <summary>Looks at how much room there is.</summary>
    public void Measure()
    {
        status.UsableBytes = limits.UsableBytes(status.SetAside.Count == 0 ? 0 : folder.SetAsideBytes());
        status.UsedBytes = File?.UsedBytes ?? 0;
        if (!_mayGrow && File is { } file)
        {
            status.UsableBytes = Math.Min(status.UsableBytes, file.FileBytes);
        }

        var full = status.Trouble?.Kind == SqliteTrouble.Full || status.UsedBytes + _needed >= status.UsableBytes;
        _needed = full ? _needed : 0;
        if (full != status.IsFull)
        {
            status.IsFull = full;
            ReceiverLog.SpoolRoomChanged(logger, full ? "full: events are not taken" : "no longer full", status.UsedBytes, status.UsableBytes);
        }
    }

    /// <summary>Closes the file.</summary>
    public void Close()
    {
        status.IsOpen = false;
        File?.Dispose();
        File = null;
    }

    private void Open()
    {
        folder.Ensure();
        File = SpoolFile.Open(folder.FilePath, limits, _generation);
        _mayGrow = true;
        AddRescued(File);
        KeepReserve();
        status.SetAside = folder.SetAside();
        status.Publish(File.Sources);
        Wrote();
        status.IsOpen = true;
        Backlog?.Opened(File.Sources);
        SalvageLeftOvers();
        ReceiverLog.SpoolOpened(logger, File.Sources.Sum(source => source.Backlog), File.Sources.Sum(source => source.DeadLetters));
    }

    /// <summary>An earlier process may have ended before it had salvaged all.</summary>
    private void SalvageLeftOvers()
    {
        if (_everOpened)
        {
            return;
        }

        _everOpened = true;
        foreach (var name in folder.NotSalvaged())
        {
            Salvage?.Invoke(folder.PathOf(name));
        }
    }

    private bool Catch(Action action)
    {
        try
        {
            action();
            return true;
        }
        catch (SqliteFailure failure) when (failure.Trouble == SqliteTrouble.Corrupt)
        {
            SetAside(failure);
        }
        catch (SqliteFailure failure)
        {
            Suspend(failure.Trouble, failure);
        }
        catch (InvalidDataException exception)
        {
            SetAside(exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Suspend(SqliteTrouble.Other, exception);
        }

        return false;
    }

    private void Suspend(SqliteTrouble trouble, Exception exception)
    {
        metrics.Failed(trouble);
        if (status.Trouble?.Kind != trouble)
        {
            status.Trouble = new(trouble, exception.Message, time.GetUtcNow());
            ReceiverLog.SpoolUnavailable(logger, trouble, exception.Message);
        }

        if (trouble == SqliteTrouble.Full)
        {
            _reserve.GiveUp();
            // One that is being opened yet is opened anew: nobody has been told of it.
            if (status.IsOpen && File is { } file && MakesRoom(file))
            {
                return;
            }
        }

        Close();
        _openAt = _clock.Now + RetryAfter;
    }

    /// <summary>Undoes what was begun; the log's room can then be used again. False when not even that goes.</summary>
    private bool MakesRoom(SpoolFile file)
    {
        try
        {
            file.Rollback();
        }
        catch (SqliteFailure)
        {
            return false;
        }

        try
        {
            file.Checkpoint();
            file.Limit(file.FileBytes / SpoolLimits.PageBytes);
            _mayGrow = false;
        }
        catch (SqliteFailure)
        {
            // The database has to grow for it and cannot; reading still goes.
        }

        Measure();
        return true;
    }

    private void SetAside(Exception exception)
    {
        Close();
        try
        {
            var now = time.GetUtcNow();
            var name = folder.SetFileAside(now);
            _generation++;
            metrics.FileSetAside();
            ReceiverLog.SpoolSetAside(logger, name, exception.Message);
            foreach (var deleted in folder.DeleteSetAside(limits.TotalBytes / SetAsideShare))
            {
                ReceiverLog.SetAsideDeleted(logger, deleted);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Suspend(SqliteTrouble.Other, failure);
            return;
        }

        status.SetAside = folder.SetAside();
        _rescued.AddRange(Backlog?.Lost() ?? []);
        Salvage?.Invoke(folder.PathOf(status.SetAside[^1]));
    }

    /// <summary>Puts what was in memory when a file was lost into the new one.</summary>
    private void AddRescued(SpoolFile file)
    {
        if (_rescued.Count == 0)
        {
            return;
        }

        file.Begin();
        _rescued.ForEach(stored => file.Add(stored.Content, stored.Lane, stored.AcceptedAt));
        file.Commit(time.GetUtcNow().ToUnixTimeMilliseconds());
        _rescued.Clear();
    }
}
