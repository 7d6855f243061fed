using System.Runtime.InteropServices;

namespace MessengerOperator.Receiver.Sinks.Kafka;

/// <summary>The few functions of librdkafka's C interface that a producer needs (rdkafka.h).</summary>
/// <remarks>Confluent.Kafka finds them by reflection, which cannot be compiled ahead without warnings (docs/decisions/0007).</remarks>
internal static unsafe partial class Librdkafka
{
    public const int ProducerType = 0;
    public const int PurgeAll = 3;

    private const string Library = "librdkafka";

    /// <summary>Whether the library is there.</summary>
    public static bool IsThere { get; } = Probe();

    [LibraryImport(Library, EntryPoint = "rd_kafka_version")]
    private static partial int Version();

    [LibraryImport(Library, EntryPoint = "rd_kafka_conf_new")]
    public static partial nint ConfNew();

    [LibraryImport(Library, EntryPoint = "rd_kafka_conf_destroy")]
    public static partial void ConfDestroy(nint configuration);

    [LibraryImport(Library, EntryPoint = "rd_kafka_conf_set", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ConfSet(nint configuration, string name, string value, nint error, nint errorSize);

    [LibraryImport(Library, EntryPoint = "rd_kafka_conf_set_opaque")]
    public static partial void ConfSetOpaque(nint configuration, nint opaque);

    [LibraryImport(Library, EntryPoint = "rd_kafka_conf_set_dr_msg_cb")]
    public static partial void ConfSetDeliveryReport(nint configuration, delegate* unmanaged[Cdecl]<nint, DeliveryReport*, nint, void> callback);

    [LibraryImport(Library, EntryPoint = "rd_kafka_conf_set_error_cb")]
    public static partial void ConfSetError(nint configuration, delegate* unmanaged[Cdecl]<nint, int, nint, nint, void> callback);

    [LibraryImport(Library, EntryPoint = "rd_kafka_conf_set_log_cb")]
    public static partial void ConfSetLog(nint configuration, delegate* unmanaged[Cdecl]<nint, int, nint, nint, void> callback);

    [LibraryImport(Library, EntryPoint = "rd_kafka_conf_set_connect_cb")]
    public static partial void ConfSetConnect(nint configuration, delegate* unmanaged[Cdecl]<int, byte*, int, nint, nint, int> callback);

    [LibraryImport(Library, EntryPoint = "rd_kafka_new")]
    public static partial nint New(int type, nint configuration, nint error, nint errorSize);

    [LibraryImport(Library, EntryPoint = "rd_kafka_destroy")]
    public static partial void Destroy(nint handle);

    [LibraryImport(Library, EntryPoint = "rd_kafka_poll")]
    public static partial int Poll(nint handle, int milliseconds);

    [LibraryImport(Library, EntryPoint = "rd_kafka_flush")]
    public static partial int Flush(nint handle, int milliseconds);

    [LibraryImport(Library, EntryPoint = "rd_kafka_purge")]
    public static partial int Purge(nint handle, int flags);

    [LibraryImport(Library, EntryPoint = "rd_kafka_headers_new")]
    public static partial nint HeadersNew(nint initialCount);

    [LibraryImport(Library, EntryPoint = "rd_kafka_headers_destroy")]
    public static partial void HeadersDestroy(nint headers);

    [LibraryImport(Library, EntryPoint = "rd_kafka_header_add", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int HeaderAdd(nint headers, string name, nint nameSize, byte* value, nint valueSize);

    [LibraryImport(Library, EntryPoint = "rd_kafka_produceva")]
    public static partial nint ProduceArguments(nint handle, ProduceArgument* arguments, nint count);

    [LibraryImport(Library, EntryPoint = "rd_kafka_error_code")]
    public static partial int ErrorCode(nint error);

    [LibraryImport(Library, EntryPoint = "rd_kafka_error_destroy")]
    public static partial void ErrorDestroy(nint error);

    private static bool Probe()
    {
        try
        {
            return Version() != 0;
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException or BadImageFormatException)
        {
            return false;
        }
    }
}
