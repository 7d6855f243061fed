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

    /// <summary>Whether a failure, or what it was caused by, is one of the TLS handshake.</summary>
    public static bool IsTls(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is AuthenticationException)
            {
                return true;
            }
        }

        return false;
    }
}
