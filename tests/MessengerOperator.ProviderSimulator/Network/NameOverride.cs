using System.Net;

namespace MessengerOperator.ProviderSimulator.Network;

/// <summary>Answers one host name without DNS and, if asked to, connects somewhere else than it answers.</summary>
/// <remarks>
/// The addresses are what the provider believes: they are checked as public or reserved and shown as the webhook's address.
/// <see cref="ConnectTo"/> is where the bytes go. So a test passes the public-address rules with a documentation address and
/// still delivers to loopback.
/// </remarks>
public sealed record NameOverride
{
    /// <summary>The host name, without regard to case.</summary>
    public string Host { get; set; } = string.Empty;

    /// <summary>What DNS is said to answer; empty means that the name does not resolve.</summary>
    public IReadOnlyList<string> Addresses { get; set; } = [];

    /// <summary>Real target, <c>ADDRESS</c> or <c>ADDRESS:PORT</c>; null connects to the first address.</summary>
    public string? ConnectTo { get; set; }

    /// <summary>Real milliseconds that resolving takes.</summary>
    public int DelayMilliseconds { get; set; }

    /// <summary>Reads <c>HOST=ADDRESS[,ADDRESS...][@CONNECT-TO]</c>; <c>HOST=</c> makes a name that does not resolve.</summary>
    /// <exception cref="FormatException">The text has another shape or an address does not parse.</exception>
    public static NameOverride Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0)
        {
            throw new FormatException($"'{text}' is not HOST=ADDRESS[,ADDRESS...][@CONNECT-TO].");
        }

        var answer = text[(equals + 1)..].Split('@', 2);
        var parsed = new NameOverride
        {
            Host = text[..equals],
            Addresses = answer[0].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            ConnectTo = answer.Length == 2 ? answer[1] : null,
        };
        return parsed.Validated();
    }

    internal NameOverride Validated()
    {
        foreach (var address in Addresses)
        {
            if (!IPAddress.TryParse(address, out _))
            {
                throw new FormatException($"'{address}' is not an IP address.");
            }
        }

        return ConnectTo is null || IPEndPoint.TryParse(ConnectTo, out _)
            ? this
            : throw new FormatException($"'{ConnectTo}' is not ADDRESS or ADDRESS:PORT.");
    }
}
