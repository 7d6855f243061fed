using MessengerOperator.Receiver.Spool;
using MessengerOperator.Receiver.Telemetry;

namespace MessengerOperator.Receiver.Endpoints;

/// <summary>The spool in <c>/status</c>.</summary>
/// <param name="Available">Whether events can be made safe.</param>
/// <param name="Full">Whether there is no room for a further one.</param>
/// <param name="UsedBytes">Room that events, dead letters and remembered ids take.</param>
/// <param name="LimitBytes">Room that they may take.</param>
/// <param name="Trouble">What is wrong with the file; null when nothing is.</param>
/// <param name="SetAside">Files that could not be read any more and were set aside, oldest first.</param>
internal sealed record StatusSpool(bool Available, bool Full, long UsedBytes, long LimitBytes, StatusTrouble? Trouble, IReadOnlyList<string> SetAside)
{
    /// <summary>The spool now; null when there is none.</summary>
    public static StatusSpool? Of(SpoolStatus spool) => !spool.IsUsed
        ? null
        : new(
            spool is { IsOpen: true, IsFull: false },
            spool.IsFull,
            spool.UsedBytes,
            spool.UsableBytes,
            spool.Trouble is { } trouble ? new(MetricNames.Of(trouble.Kind), trouble.Message, trouble.Since) : null,
            spool.SetAside);
}

/// <summary>What is wrong with the spool's file.</summary>
/// <param name="Kind">full, busy, corrupt or other.</param>
/// <param name="Message">What the system says.</param>
/// <param name="Since">Since when.</param>
internal sealed record StatusTrouble(string Kind, string Message, DateTimeOffset Since);
