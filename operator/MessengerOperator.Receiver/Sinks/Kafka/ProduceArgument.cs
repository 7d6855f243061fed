using System.Runtime.InteropServices;

namespace MessengerOperator.Receiver.Sinks.Kafka;

/// <summary>One argument of <c>rd_kafka_produceva</c> (<c>rd_kafka_vu_t</c>: a type and a union of 64 bytes).</summary>
[StructLayout(LayoutKind.Explicit, Size = 72)]
internal struct ProduceArgument
{
    public const int Topic = 1;
    public const int Value = 4;
    public const int Key = 5;
    public const int Opaque = 6;
    public const int Headers = 10;

    /// <summary>The library copies the value.</summary>
    public const int CopyValue = 2;

    private const int MessageFlags = 7;

    [FieldOffset(0)]
    private int _type;

    [FieldOffset(8)]
    private nint _pointer;

    [FieldOffset(8)]
    private int _number;

    [FieldOffset(16)]
    private nint _size;

    /// <summary>A pointer: a text that ends in a zero, headers, or the opaque value.</summary>
    public static ProduceArgument Text(int type, nint pointer) => new() { _type = type, _pointer = pointer };

    /// <summary>Memory.</summary>
    public static ProduceArgument Memory(int type, nint pointer, nint size) => new() { _type = type, _pointer = pointer, _size = size };

    /// <summary>The message's flags.</summary>
    public static ProduceArgument Flags(int flags) => new() { _type = MessageFlags, _number = flags };
}
