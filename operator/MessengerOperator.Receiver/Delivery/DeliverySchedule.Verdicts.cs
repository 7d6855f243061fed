using MessengerOperator.Receiver.Sinks;
using MessengerOperator.Receiver.Spool;

namespace MessengerOperator.Receiver.Delivery;

/// <content>What becomes of an event after an attempt.</content>
internal sealed partial class DeliverySchedule
{
    private const int TooManyRequests = 429;

    private readonly Backoff _pauses = new(TimeSpan.FromMilliseconds(500), TimeSpan.FromMinutes(1));

    private void Judge(Lane lane, SinkLine line, in SinkResult result, DateTimeOffset now)
    {
        if (result.Outcome == SinkOutcome.Taken)
        {
            line.Taken++;
            line.Breaker.Succeeded();
            Settle(lane, null, null, now);
        }
        else if (result.Outcome == SinkOutcome.Refused && !(SinkRefusal.ConcernsSink(result.StatusCode) && line.Breaker.IsTripped))
        {
            if (SinkRefusal.ConcernsSink(result.StatusCode))
            {
                line.Breaker.Failed(lane.Head!, lane.Asks, now, result.RetryAfter, _random());
            }
            else
            {
                line.Breaker.Succeeded();
            }

            PutAside(lane, DeadLetterReason.Refused, result.StatusCode, now);
            LeaveAloneIfTripped(line);
        }
        else
        {
            Failed(lane, line, result, now);
        }
    }

    private void Failed(Lane lane, SinkLine line, in SinkResult result, DateTimeOffset now)
    {
        _metrics.Retrying(result.Outcome);
        lane.Failures++;
        if (result.StatusCode == TooManyRequests && result.RetryAfter is { } pause)
        {
            line.Breaker.Pause(now, pause);
        }
        else if (result.Outcome != SinkOutcome.Overloaded || lane.Asks)
        {
            line.Breaker.Failed(lane, lane.Asks, now, result.RetryAfter, _random());
        }

        if (IsHopeless(lane, line, result))
        {
            PutAside(lane, DeadLetterReason.Exhausted, result.StatusCode, now);
        }
        else
        {
            var rest = _pauses.After(lane.Failures, _random());
            Unload(lane);
            (lane.State, lane.DueAt) = (LaneState.Resting, now + (result.RetryAfter > rest ? result.RetryAfter.Value : rest));
            _alarm.Set(lane, lane.DueAt);
        }

        LeaveAloneIfTripped(line);
    }

    /// <summary>Whether the sink has failed on this one event too often while it took others.</summary>
    private bool IsHopeless(Lane lane, SinkLine line, in SinkResult result)
    {
        if (lane.Failures > 1 && line.Taken > lane.TakenAtFailure && result.Outcome != SinkOutcome.Overloaded && result.StatusCode != TooManyRequests)
        {
            lane.Strikes++;
        }

        lane.TakenAtFailure = line.Taken;
        return lane.Strikes >= _options.MaxAttempts;
    }

    private void LeaveAloneIfTripped(SinkLine line)
    {
        if (line.Breaker.OpenUntil is { } until)
        {
            _alarm.Set(line, until);
            while (line.Ready.TryDequeue(out var lane))
            {
                EndReload(lane);
                Unload(lane);
                Wait(lane);
            }
        }
    }
}
