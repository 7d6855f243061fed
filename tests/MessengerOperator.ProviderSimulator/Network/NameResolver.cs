using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace MessengerOperator.ProviderSimulator.Network;

/// <summary>Resolves webhook hosts: literals, then overrides, then the system's resolver. IPv4 is preferred.</summary>
internal sealed class NameResolver
{
    private readonly ConcurrentDictionary<string, NameOverride> _overrides = new(StringComparer.OrdinalIgnoreCase);
    private readonly IReadOnlyList<NameOverride> _initial;
    private readonly TimeProvider _clock;

    public NameResolver(IReadOnlyList<NameOverride> overrides, TimeProvider clock)
    {
        _initial = overrides;
        _clock = clock;
        Reset();
    }

    public IReadOnlyCollection<NameOverride> Overrides => [.. _overrides.Values.OrderBy(entry => entry.Host, StringComparer.Ordinal)];

    public void Set(NameOverride entry) => _overrides[entry.Host] = entry;

    public bool Remove(string host) => _overrides.TryRemove(host, out _);

    /// <summary>Back to the overrides of the start.</summary>
    public void Reset()
    {
        _overrides.Clear();
        foreach (var entry in _initial)
        {
            Set(entry);
        }
    }

    public async Task<Resolution> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        if (_overrides.TryGetValue(host.Trim('[', ']'), out var known))
        {
            if (known.DelayMilliseconds > 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(known.DelayMilliseconds), _clock, cancellationToken);
            }

            var connectTo = known.ConnectTo is null ? null : IPEndPoint.Parse(known.ConnectTo);
            return Preferred([.. known.Addresses.Select(IPAddress.Parse)]) is { } address
                ? Resolution.To(address, connectTo)
                : Resolution.Failed("Name or service not known");
        }

        if (IPAddress.TryParse(host.Trim('[', ']'), out var literal))
        {
            return Resolution.To(literal);
        }

        try
        {
            var addresses = await Dns.GetHostAddressesAsync(host, cancellationToken);
            return Preferred(addresses) is { } address ? Resolution.To(address) : Resolution.Failed("No address associated with hostname");
        }
        catch (SocketException failure)
        {
            return Resolution.Failed(failure.SocketErrorCode == SocketError.TryAgain
                ? "Temporary failure in name resolution"
                : "Name or service not known");
        }
    }

    private static IPAddress? Preferred(IPAddress[] addresses) =>
        addresses.FirstOrDefault(address => address.AddressFamily == AddressFamily.InterNetwork) ?? addresses.FirstOrDefault();
}
