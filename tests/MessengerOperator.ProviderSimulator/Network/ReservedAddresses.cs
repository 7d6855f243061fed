using System.Net;

namespace MessengerOperator.ProviderSimulator.Network;

/// <summary>IPv4 ranges that a public provider does not deliver to.</summary>
/// <remarks>
/// The three documentation networks (192.0.2.0/24, 198.51.100.0/24, 203.0.113.0/24) are left out on purpose: the real server
/// refuses them, but they are the only addresses a test can pretend to own in public.
/// </remarks>
internal static class ReservedAddresses
{
    private static readonly IPNetwork[] Networks =
    [
        IPNetwork.Parse("0.0.0.0/8"),
        IPNetwork.Parse("10.0.0.0/8"),
        IPNetwork.Parse("100.64.0.0/10"),
        IPNetwork.Parse("127.0.0.0/8"),
        IPNetwork.Parse("169.254.0.0/16"),
        IPNetwork.Parse("172.16.0.0/12"),
        IPNetwork.Parse("192.0.0.0/24"),
        IPNetwork.Parse("192.88.99.0/24"),
        IPNetwork.Parse("192.168.0.0/16"),
        IPNetwork.Parse("198.18.0.0/15"),
        IPNetwork.Parse("224.0.0.0/3"),
    ];

    public static bool Contains(IPAddress address) => Networks.Any(network => network.Contains(address));
}
