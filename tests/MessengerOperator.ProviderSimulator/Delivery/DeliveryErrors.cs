using System.Net.Sockets;
using System.Security.Authentication;

namespace MessengerOperator.ProviderSimulator.Delivery;

/// <summary>The provider's words for a delivery that got no usable answer.</summary>
internal static class DeliveryErrors
{
    public const string ReadTimeout = "Read timeout expired";
    public const string ConnectionClosed = "Webhook connection closed";

    public static string WrongResponse(int status, string? reason) => $"Wrong response from the webhook: {status} {reason}".TrimEnd();

    public static string Describe(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case AuthenticationException:
                    return "SSL error {error:0A000086:SSL routines::certificate verify failed}";
                case SocketException { SocketErrorCode: SocketError.ConnectionRefused }:
                    return "Connection refused";
                case SocketException { SocketErrorCode: SocketError.TimedOut }:
                    return "Connection timed out";
                case SocketException { SocketErrorCode: SocketError.ConnectionReset }:
                    return ConnectionClosed;
                case SocketException { SocketErrorCode: SocketError.HostUnreachable or SocketError.NetworkUnreachable }:
                    return "Can't connect to the webhook";
                case HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded }:
                    return ConnectionClosed;
                case HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse }:
                    return "Wrong response from the webhook: not HTTP";
            }
        }

        return failure is IOException ? ConnectionClosed : "Can't connect to the webhook";
    }
}
