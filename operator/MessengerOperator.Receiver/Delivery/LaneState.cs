namespace MessengerOperator.Receiver.Delivery;

/// <summary>What a lane is waiting for.</summary>
internal enum LaneState
{
    /// <summary>Its first event is in memory; it waits for its turn.</summary>
    Ready,

    /// <summary>Its events are on the disk; it waits for its turn to read them.</summary>
    Waiting,

    /// <summary>Its events are being read.</summary>
    Loading,

    /// <summary>Its first event is on its way to the sink.</summary>
    InFlight,

    /// <summary>Its first event failed; it waits for the time of the next attempt.</summary>
    Resting,
}
