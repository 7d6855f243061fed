namespace MessengerOperator.ProviderSimulator.Delivery;

/// <summary>A plain schedule of retries, provider time: fixed delays, and an end.</summary>
internal sealed record RetrySchedule
{
    /// <summary>The delay after the first failure, the second, and so on; the last one goes on for ever. Empty never tries again.</summary>
    public required IReadOnlyList<TimeSpan> Delays { get; init; }

    /// <summary>An event that could not be tried again within this age is given up.</summary>
    public required TimeSpan Lifetime { get; init; }

    /// <summary>How often an event is tried at most; null for as often as its age allows.</summary>
    public int? MaxAttempts { get; init; }

    /// <summary>The delay doubles from <paramref name="first"/> to <paramref name="most"/>.</summary>
    public static RetrySchedule Doubling(TimeSpan first, TimeSpan most, TimeSpan lifetime)
    {
        var delays = new List<TimeSpan>();
        for (var delay = first; delay < most; delay *= 2)
        {
            delays.Add(delay);
        }

        return new RetrySchedule { Delays = [.. delays, most], Lifetime = lifetime };
    }

    /// <summary>What becomes of an event whose newest attempt failed; earlier failures are those it counts.</summary>
    public DeliveryVerdict After(QueuedDelivery delivery, SimulationTime time)
    {
        if (Delays.Count == 0 || delivery.Failures + 1 >= MaxAttempts)
        {
            return DeliveryVerdict.GivenUp;
        }

        var delay = Delays[Math.Min(delivery.Failures, Delays.Count - 1)];
        return time.ProviderElapsed(delivery.Event.CreatedAt) + delay > Lifetime ? DeliveryVerdict.GivenUp : DeliveryVerdict.Retry(delay);
    }
}
