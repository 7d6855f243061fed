using System.Net.Sockets;
using System.Security.Authentication;

namespace MessengerOperator.Receiver.Sinks;

/// <summary>What somebody may have to mend, in fixed sentences that quote nothing.</summary>
internal static class SinkProblem
{
    /// <summary>Wrong user or password.</summary>
    public const string Credentials = "it refuses the credentials";

    /// <summary>The TLS handshake failed.</summary>
    public const string Tls = "no TLS connection: its certificate is not trusted or names another host, or it does not accept ours";

    /// <summary>The user may not do that.</summary>
    public const string Permission = "the user may not write there";

    /// <summary>Larger than it takes.</summary>
    public const string TooLarge = "the event is larger than it takes";

    /// <summary>What a failed connection, or what it was caused by, has to say; null when it is nothing.</summary>
    public static string? Of(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            switch (exception)
            {
                case AuthenticationException:
                    return Tls;
                case SocketException { SocketErrorCode: SocketError.AccessDenied }:
                    return PublicConnection.Problem;
            }
        }

        return null;
    }
}
