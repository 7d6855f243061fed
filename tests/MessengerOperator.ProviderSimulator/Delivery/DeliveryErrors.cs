using System.Net.Sockets;
using System.Security.Authentication;

namespace MessengerOperator.ProviderSimulator.Delivery;

/// <summary>What went wrong with a delivery that got no usable answer, and words for it.</summary>
internal static class DeliveryErrors
{
    private const string ConnectionClosed = "Webhook connection closed";

    public static (DeliveryFailure Failure, string Words) TimedOut => (DeliveryFailure.TimedOut, "Read timeout expired");

    public static (DeliveryFailure Failure, string Words) Closed => (DeliveryFailure.ConnectionClosed, ConnectionClosed);

    public static string WrongResponse(int status, string? reason) => $"Wrong response from the webhook: {status} {reason}".TrimEnd();

    public static (DeliveryFailure Failure, string Words) Describe(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case AuthenticationException:
                    return (DeliveryFailure.Tls, "SSL error {error:0A000086:SSL routines::certificate verify failed}");
                case SocketException { SocketErrorCode: SocketError.ConnectionRefused }:
                    return (DeliveryFailure.CouldNotConnect, "Connection refused");
                case SocketException { SocketErrorCode: SocketError.TimedOut }:
                    return (DeliveryFailure.CouldNotConnect, "Connection timed out");
                case SocketException { SocketErrorCode: SocketError.ConnectionReset }:
                    return (DeliveryFailure.ConnectionClosed, ConnectionClosed);
                case SocketException { SocketErrorCode: SocketError.HostUnreachable or SocketError.NetworkUnreachable }:
                    return (DeliveryFailure.CouldNotConnect, "Can't connect to the webhook");
                case HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded }:
                    return (DeliveryFailure.ConnectionClosed, ConnectionClosed);
                case HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse }:
                    return (DeliveryFailure.NotHttp, "Wrong response from the webhook: not HTTP");
            }
        }

        return failure is IOException
            ? (DeliveryFailure.ConnectionClosed, ConnectionClosed)
            : (DeliveryFailure.CouldNotConnect, "Can't connect to the webhook");
    }
}
