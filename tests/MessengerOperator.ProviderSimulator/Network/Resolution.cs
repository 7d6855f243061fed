using System.Net;

namespace MessengerOperator.ProviderSimulator.Network;

/// <summary>Where a host name leads.</summary>
/// <param name="Address">The address the provider believes in; null when resolving failed.</param>
/// <param name="Error">Why resolving failed, in the resolver's words.</param>
/// <param name="ConnectTo">Where to connect really; port 0 keeps the URL's port.</param>
internal sealed record Resolution(IPAddress? Address, string? Error, IPEndPoint? ConnectTo)
{
    public static Resolution Failed(string error) => new(null, error, null);

    public static Resolution To(IPAddress address, IPEndPoint? connectTo = null) => new(address, null, connectTo);

    public IPEndPoint EndPointFor(int port) =>
        ConnectTo is null ? new IPEndPoint(Address!, port) : new IPEndPoint(ConnectTo.Address, ConnectTo.Port == 0 ? port : ConnectTo.Port);
}
