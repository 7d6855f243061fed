using System.Net;
using System.Runtime.InteropServices;
using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Receiver.Sinks.Kafka;

/// <summary>Lets Kafka's client connect to public addresses only, those of brokers that a cluster tells included.</summary>
internal static unsafe partial class PublicSocket
{
    private const int PermissionDenied = 13;
    private const int InProgress = 115;
    private const int InterNetwork = 2;
    private const int InterNetworkV6 = 10;

    /// <summary>Connects a socket; 0, or an error number of Linux.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(System.Runtime.CompilerServices.CallConvCdecl)])]
    public static int Connect(int socket, byte* address, int size, nint id, nint opaque)
    {
        IPAddress? target = *(ushort*)address switch
        {
            InterNetwork when size >= 8 => new(new ReadOnlySpan<byte>(address + 4, 4)),
            InterNetworkV6 when size >= 24 => new(new ReadOnlySpan<byte>(address + 8, 16)),
            _ => null,
        };
        if (target is null || PrivateAddresses.Contains(target))
        {
            KafkaProducer.Denied(opaque);
            return PermissionDenied;
        }

        if (NativeConnect(socket, address, size) == 0)
        {
            return 0;
        }

        var error = Marshal.GetLastPInvokeError();
        return error == InProgress ? 0 : error;
    }

    [LibraryImport("libc", EntryPoint = "connect", SetLastError = true)]
    private static partial int NativeConnect(int socket, byte* address, int size);
}
