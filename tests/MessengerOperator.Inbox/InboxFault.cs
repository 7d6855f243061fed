namespace MessengerOperator.Inbox;

/// <summary>How the inbox answers events for a while instead of taking them.</summary>
public sealed record InboxFault
{
    /// <summary>The HTTP status; null takes the event after all, which only makes sense with a delay.</summary>
    public int? Status { get; set; }

    /// <summary>Sent as <c>Retry-After</c>; null for none.</summary>
    public int? RetryAfterSeconds { get; set; }

    /// <summary>Milliseconds before the answer.</summary>
    public int DelayMilliseconds { get; set; }

    /// <summary>How many events meet it; null until cleared.</summary>
    public int? Times { get; set; }
}
