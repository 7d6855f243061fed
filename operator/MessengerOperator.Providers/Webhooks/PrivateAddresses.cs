using System.Net;
using System.Net.Sockets;

namespace MessengerOperator.Providers.Webhooks;

/// <summary>Addresses inside somebody's network: loopback, private, shared, link-local, multicast and reserved ones.</summary>
public static class PrivateAddresses
{
    /// <summary>Whether <paramref name="address"/> is one of them.</summary>
    public static bool Contains(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        return IPAddress.IsLoopback(address)
            || (address.AddressFamily == AddressFamily.InterNetwork
                ? ContainsV4(address)
                : address.IsIPv6LinkLocal || address.IsIPv6UniqueLocal || address.IsIPv6Multicast || address.Equals(IPAddress.IPv6Any));
    }

    private static bool ContainsV4(IPAddress address) => address.GetAddressBytes() switch
    {
        [0 or 10 or 127, ..] => true,
        [100, >= 64 and <= 127, ..] => true,
        [169, 254, ..] => true,
        [172, >= 16 and <= 31, ..] => true,
        [192, 168, ..] => true,
        [198, 18 or 19, ..] => true,
        [>= 224, ..] => true,
        _ => false,
    };
}
