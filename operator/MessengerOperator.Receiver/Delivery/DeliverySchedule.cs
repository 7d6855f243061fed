using MessengerOperator.Receiver.Configuration;
using MessengerOperator.Receiver.Lifecycle;
using MessengerOperator.Receiver.Sinks;
using MessengerOperator.Receiver.Spool;
using MessengerOperator.Receiver.Telemetry;

namespace MessengerOperator.Receiver.Delivery;

/// <summary>Decides which event is delivered when: one after the other within a conversation, conversations side by side. Safe for concurrent use.</summary>
/// <remarks>
/// The disk is the queue; memory holds a window of bounded size. A queue reads its events in order and gives each to its
/// conversation's lane. A lane that falls behind, or whose event failed, lets go of what it has in memory and remembers where to read on, so that a
/// conversation that cannot be delivered holds neither memory nor the others up. Calls from the spool's thread come one at a time, and
/// what they read is what they tell: no event is missed in between.
/// </remarks>
internal sealed partial class DeliverySchedule : IBacklog, IDisposable
{
    private const int MostReloading = 32;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, SourceQueue> _queues = new(StringComparer.Ordinal);
    private readonly SinkLines _lines;
    private readonly EventSpool _spool;
    private readonly ReceiverOptions _options;
    private readonly SpoolMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly SteadyClock _clock;
    private readonly ILogger _logger;
    private readonly Func<double> _random;
    private readonly Alarm _alarm;
    private TaskCompletionSource? _drained;
    private bool _stopped;

    public DeliverySchedule(
        EventSpool spool, ServedRoutes routes, ReceiverOptions options, SpoolMetrics metrics, TimeProvider time, Func<double> random, ILogger logger)
    {
        (_spool, _options, _metrics, _time, _random, _logger) = (spool, options, metrics, time, random, logger);
        _lines = new(routes);
        _clock = new(time);
        _alarm = new(_clock, time, Ring);
    }

    /// <summary>Events in memory, and the bytes that they take.</summary>
    public (int Events, long Bytes) Loaded
    {
        get
        {
            lock (_gate)
            {
                return (_queues.Values.Sum(queue => queue.Loaded), _loadedBytes);
            }
        }
    }

    /// <summary>Conversations, and single events to which no order is owed, of which something is known beyond the disk.</summary>
    public int Lanes
    {
        get
        {
            lock (_gate)
            {
                return _queues.Values.Sum(queue => queue.Lanes.Count);
            }
        }
    }

    /// <summary>Sinks that fail for everybody and are asked now and then only.</summary>
    public int SinksLeftAlone
    {
        get
        {
            lock (_gate)
            {
                return _lines.All.Count(line => line.Breaker.IsTripped);
            }
        }
    }

    /// <summary>Sends a lane's first event. Called on the thread pool.</summary>
    public required Action<Lane> Deliver { get; init; }

    public void Opened(IReadOnlyCollection<SpoolSource> sources)
    {
        lock (_gate)
        {
            foreach (var source in sources)
            {
                var queue = QueueOf(source);
                (queue.Source, queue.IsReading, queue.HasMore) = (source, false, source.Backlog > 0);
                ReadOn(queue);
            }
        }
    }

    public IReadOnlyList<StoredEvent> Lost()
    {
        lock (_gate)
        {
            var rescued = new List<StoredEvent>();
            foreach (var queue in _queues.Values)
            {
                queue.IsLost = true;
                foreach (var lane in queue.Lanes.Values)
                {
                    lane.IsOrphan = true;
                    for (var stored = lane.Head; stored is not null; stored = stored.Next)
                    {
                        rescued.Add(stored);
                    }
                }
            }

            _queues.Clear();
            _lines.ForgetLanes();
            _loadedBytes = 0;
            return rescued;
        }
    }

    public void Accepted(IReadOnlyList<StoredEvent> events)
    {
        lock (_gate)
        {
            var now = _clock.Now;
            for (var i = 0; i < events.Count; i++)
            {
                var stored = events[i];
                var queue = QueueOf(stored.Source);
                if (queue.HasMore || !HasRoom(queue, now) || !TryPlace(queue, stored))
                {
                    queue.HasMore = true;
                    ReadOn(queue);
                }
                else
                {
                    Dispatch(queue.Line, now);
                }
            }
        }
    }

    public void Redriven(SpoolSource source)
    {
        lock (_gate)
        {
            var queue = QueueOf(source);
            queue.HasMore = true;
            ReadOn(queue);
        }
    }

    /// <summary>A lane's first event was sent.</summary>
    public void Completed(Lane lane, in SinkResult result)
    {
        lock (_gate)
        {
            var now = _clock.Now;
            var line = lane.Line!;
            line.InFlight--;
            if (!lane.IsOrphan)
            {
                Judge(lane, line, result, now);
                ReadOn(lane.Queue);
            }
            else if (lane.Asks)
            {
                // Its event is read from another file now, but the sink has been asked, and nobody else may ask before this answer.
                line.Breaker.Answered(result.Outcome == SinkOutcome.Taken);
            }

            Dispatch(line, now);
            TellIfDrained();
        }
    }

    /// <summary>Once a second: follows the configuration, and tries again what could not be read.</summary>
    public void Tick()
    {
        lock (_gate)
        {
            var now = _clock.Now;
            foreach (var lane in _lines.Reroute(_queues.Values, now))
            {
                Enqueue(lane, now);
            }

            foreach (var queue in _queues.Values)
            {
                ReadOn(queue);
            }

            foreach (var line in _lines.All)
            {
                Dispatch(line, now);
            }

            _spool.Status.SinksLeftAlone = SinksLeftAlone;
            TellIfDrained();
        }
    }

    /// <summary>Completes when everything is delivered that can be; to be called once.</summary>
    public Task DrainAsync()
    {
        lock (_gate)
        {
            _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
            TellIfDrained();
            return _drained.Task;
        }
    }

    /// <summary>Begins no further delivery.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _stopped = true;
        }
    }

    /// <summary>Whether nobody else may be busy with the event, so that it can be put aside without its turn.</summary>
    public bool IsAlone(StoredEvent stored)
    {
        lock (_gate)
        {
            return !_queues.TryGetValue(stored.Source.Name, out var queue)
                || !queue.Lanes.TryGetValue(KeyOf(stored), out var lane)
                || lane is { Head: null, State: not LaneState.Loading };
        }
    }

    public void Dispose() => _alarm.Dispose();

    private static long KeyOf(StoredEvent stored) => stored.Lane ?? -stored.Seq;

    private SourceQueue QueueOf(SpoolSource source)
    {
        if (!_queues.TryGetValue(source.Name, out var queue))
        {
            _queues[source.Name] = queue = new(source, _lines.Nowhere) { Cursor = source.First };
            _lines.Route(queue);
        }

        return queue;
    }

    /// <summary>After its first event is done with: the next, or the end of the lane.</summary>
    private void GoOn(Lane lane, DateTimeOffset now)
    {
        if (lane.Head is null && lane.OnDiskAfter is null)
        {
            EndReload(lane);
            lane.Queue.Lanes.Remove(lane.Key);
        }
        else
        {
            Enqueue(lane, now);
        }
    }

    private void Enqueue(Lane lane, DateTimeOffset now)
    {
        if (lane.Head is null || lane.Queue.Line.IsBlocked(now))
        {
            EndReload(lane);
            Unload(lane);
            Wait(lane);
        }
        else
        {
            lane.State = LaneState.Ready;
            lane.Queue.Line.Ready.Enqueue(lane);
        }
    }

    private static void Wait(Lane lane)
    {
        lane.State = LaneState.Waiting;
        lane.Queue.Line.Waiting.Enqueue(lane);
    }

    private static void EndReload(Lane lane)
    {
        if (lane.IsReloading)
        {
            lane.IsReloading = false;
            lane.Queue.Line.Reloading--;
        }
    }

    /// <summary>Begins as many deliveries, and reads of lanes, as the line may have.</summary>
    private void Dispatch(SinkLine line, DateTimeOffset now)
    {
        if (_stopped)
        {
            return;
        }

        while (line.InFlight < _options.SinkConcurrency && !line.IsBlocked(now) && line.Ready.TryDequeue(out var lane))
        {
            Start(lane, line, now);
        }

        var most = line.Breaker.IsTripped ? 1 : MostReloading;
        while (line.Reloading < most && HasRoom(line) && !line.IsBlocked(now) && line.Waiting.TryDequeue(out var lane))
        {
            (lane.State, lane.IsReloading) = (LaneState.Loading, true);
            line.Reloading++;
            _spool.Post(new LaneRead(this, lane));
        }
    }

    private void Start(Lane lane, SinkLine line, DateTimeOffset now)
    {
        EndReload(lane);
        if (_time.GetUtcNow() - lane.Head!.AcceptedAt > _options.SpoolAge)
        {
            PutAside(lane, DeadLetterReason.Expired, statusCode: null, now);
            return;
        }

        (lane.State, lane.Line, lane.Route, lane.Asks) = (LaneState.InFlight, line, lane.Queue.Route, line.Breaker.Begin());
        line.InFlight++;
        ThreadPool.UnsafeQueueUserWorkItem(lane, preferLocal: false);
    }

    private void PutAside(Lane lane, DeadLetterReason reason, int? statusCode, DateTimeOffset now)
    {
        var stored = lane.Head!;
        _metrics.PutAside(reason);
        ReceiverLog.EventPutAside(_logger, stored.Content.Id, stored.Source.Name, reason, statusCode);
        Settle(lane, reason, statusCode, now);
    }

    private void Settle(Lane lane, DeadLetterReason? reason, int? statusCode, DateTimeOffset now)
    {
        var attempts = lane.Failures + 1;
        var stored = lane.Pop();
        lane.Queue.Loaded--;
        _loadedBytes -= stored.Bytes;
        _spool.Settle(new(stored.Source, stored.Seq, reason, statusCode, attempts));
        GoOn(lane, now);
    }

    /// <summary>The time of lanes or lines has come.</summary>
    private void Ring()
    {
        lock (_gate)
        {
            var now = _clock.Now;
            while (_alarm.TryTake(now, out var who))
            {
                if (who is Lane { State: LaneState.Resting, IsOrphan: false } lane && lane.DueAt <= now)
                {
                    Wait(lane);
                    Dispatch(lane.Queue.Line, now);
                }
                else if (who is SinkLine line)
                {
                    foreach (var queue in _queues.Values.Where(queue => queue.Line == line))
                    {
                        ReadOn(queue);
                    }

                    Dispatch(line, now);
                }
            }
        }
    }

    private void TellIfDrained()
    {
        if (_drained is not null && _queues.Values.All(queue => queue.Line.IsNowhere || (queue.Lanes.Count == 0 && !queue.HasMore)))
        {
            _drained.TrySetResult();
        }
    }
}
