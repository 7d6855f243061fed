namespace MessengerOperator.Receiver.Spool.Sqlite;

/// <summary>Kinds of trouble with a database; a closed set, it labels a metric.</summary>
internal enum SqliteTrouble
{
    /// <summary>Input and output errors, no permission, and whatever has no kind of its own: it may pass.</summary>
    Other = 0,

    /// <summary>No room: the disk, or the database's own limit.</summary>
    Full,

    /// <summary>Another process has it.</summary>
    Busy,

    /// <summary>What is in the file cannot be a database any more. It does not pass.</summary>
    Corrupt,
}
