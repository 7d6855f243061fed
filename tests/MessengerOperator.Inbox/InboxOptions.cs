namespace MessengerOperator.Inbox;

/// <summary>What an inbox is started with.</summary>
public sealed record InboxOptions
{
    /// <summary>Where it listens; port 0 takes any free port.</summary>
    public string Url { get; init; } = "http://127.0.0.1:0";

    /// <summary>Where the one-line summaries go; null for nowhere.</summary>
    public TextWriter? Summaries { get; init; }

    /// <summary>The clock of arrival times and slow answers.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
