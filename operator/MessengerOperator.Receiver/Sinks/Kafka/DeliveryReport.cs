using System.Runtime.InteropServices;

namespace MessengerOperator.Receiver.Sinks.Kafka;

/// <summary>The part that we read of a message that the library reports on (<c>rd_kafka_message_t</c> on 64-bit machines).</summary>
[StructLayout(LayoutKind.Explicit, Size = 72)]
internal readonly struct DeliveryReport
{
    /// <summary>0 when it is delivered.</summary>
    [FieldOffset(0)]
    public readonly int Error;

    /// <summary>What was given with the message.</summary>
    [FieldOffset(64)]
    public readonly nint Opaque;
}
