using MessengerOperator.Providers.Webhooks;
using MessengerOperator.Receiver.Intake;
using MessengerOperator.Receiver.Spool.Sqlite;

namespace MessengerOperator.Receiver.Spool;

/// <summary>An event as columns, in the order of <see cref="SpoolSchema.EventColumns"/>.</summary>
internal static class EventRow
{
    // The year 10000.
    private const long MostMilliseconds = 253_402_300_800_000;

    /// <summary>Binds the event to ten parameters from <paramref name="first"/> on.</summary>
    public static SqliteStatement Bind(SqliteStatement statement, int first, long? lane, long at, CloudEvent content) => statement
        .Bind(first, lane)
        .Bind(first + 1, at)
        .Bind(first + 2, content.Id)
        .Bind(first + 3, (long)content.Kind)
        .Bind(first + 4, content.Time.UtcTicks)
        .Bind(first + 5, content.Subject)
        .Bind(first + 6, content.PartitionKey)
        .Bind(first + 7, content.Provider)
        .Bind(first + 8, content.TraceParent)
        .Bind(first + 9, content.Data);

    /// <summary>The event in ten columns from <paramref name="first"/> on.</summary>
    /// <exception cref="SqliteFailure">The columns cannot be an event's: the file is damaged.</exception>
    public static StoredEvent Read(SqliteStatement row, int first, SpoolSource source, long seq) => new(
        source,
        seq,
        row.IsNull(first) ? null : row.Number(first),
        Time(row.Number(first + 1)),
        new(
            row.Text(first + 2) ?? string.Empty,
            source.Name,
            (EventType)row.Number(first + 3),
            new(Ticks(row.Number(first + 4)), TimeSpan.Zero),
            row.Text(first + 5),
            row.Text(first + 6),
            row.Text(first + 7) ?? string.Empty,
            row.Text(first + 8),
            row.Bytes(first + 9)));

    /// <summary>The time of so many milliseconds since 1970.</summary>
    /// <exception cref="SqliteFailure">There is none: the file is damaged.</exception>
    public static DateTimeOffset Time(long milliseconds) => milliseconds is >= 0 and < MostMilliseconds
        ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
        : throw SqliteFailure.Damaged("a time is out of range");

    private static long Ticks(long ticks) =>
        ticks >= DateTime.MinValue.Ticks && ticks <= DateTime.MaxValue.Ticks ? ticks : throw SqliteFailure.Damaged("a time is out of range");
}
