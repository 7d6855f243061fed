using System.Net;
using System.Net.Sockets;
using MessengerOperator.ProviderSimulator.Network;

namespace MessengerOperator.ProviderSimulator.Telegram;

/// <summary>The checks that <c>setWebhook</c> makes before it answers; none of them calls the receiver.</summary>
internal static class TelegramWebhookUrl
{
    private static readonly int[] Ports = [443, 80, 88, 8443];

    /// <summary>Reads the URL; without a scheme it is https, as the server reads it.</summary>
    public static Uri? Parse(string text)
    {
        var withScheme = text.Contains("://", StringComparison.Ordinal) ? text : $"https://{text}";
        return !text.Any(char.IsWhiteSpace)
            && Uri.TryCreate(withScheme, UriKind.Absolute, out var url)
            && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp)
            && url.Host.Length > 0
            && url.Port is > 0 and <= ushort.MaxValue
                ? url
                : null;
    }

    /// <summary>Why scheme or port are refused; null when they are not.</summary>
    public static string? RefusalOf(Uri url) => url switch
    {
        _ when url.Scheme != Uri.UriSchemeHttps => "An HTTPS URL must be provided for webhook",
        _ when !Ports.Contains(url.Port) => "Webhook can be set up only on ports 80, 88, 443 or 8443",
        _ => null,
    };

    /// <summary>Why the address is refused; null when it is not.</summary>
    public static string? RefusalOf(IPAddress address) => address switch
    {
        { AddressFamily: not AddressFamily.InterNetwork } => "IPv6-only addresses are not allowed",
        _ when ReservedAddresses.Contains(address) => $"IP address {address} is reserved",
        _ => null,
    };
}
