namespace MessengerOperator.Runtime.Events;

/// <summary>One event object and how often it happened.</summary>
internal sealed class EventSeries(bool isCombined)
{
    /// <summary>The event object's name; null until it was written.</summary>
    public string? Name { get; private set; }

    public int Count { get; private set; }

    public void Written(string name, int count)
    {
        Name = name;
        Count = count;
    }

    public string MessageFor(PendingEvent pending) => isCombined ? EventText.Fit($"(combined from similar events): {pending.Message}") : pending.Message;
}
