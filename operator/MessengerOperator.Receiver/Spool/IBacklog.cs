namespace MessengerOperator.Receiver.Spool;

/// <summary>Follows what is in the spool. Called on the spool's thread, one call at a time; must be quick.</summary>
internal interface IBacklog
{
    /// <summary>The file was opened.</summary>
    /// <param name="sources">All integrations in it.</param>
    void Opened(IReadOnlyCollection<SpoolSource> sources);

    /// <summary>The file was set aside; nothing of it can be read or settled any more.</summary>
    /// <returns>The events in memory. They go into the next file.</returns>
    IReadOnlyList<StoredEvent> Lost();

    /// <summary>Events have become safe, in this order.</summary>
    void Accepted(IReadOnlyList<StoredEvent> events);

    /// <summary>The source has events again that were put aside before.</summary>
    void Redriven(SpoolSource source);
}
