using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Receiver.Configuration;

/// <summary>Which route has which address while a table is made: who comes first has it, accounts of one provider may share it.</summary>
internal sealed class RoutePlaces
{
    private readonly Dictionary<string, Place> _byPath = new(StringComparer.Ordinal);

    /// <summary>The occupied places.</summary>
    public IEnumerable<Place> All => _byPath.Values.Where(place => place.Routes.Count > 0);

    /// <summary>The addresses of a route: its path, or one for each token that ends it. What is wrong with the tokens is added to <paramref name="problems"/>.</summary>
    public static IReadOnlyList<RouteAddress> AddressesOf(ReceiverRoute route, IReadOnlyDictionary<string, byte[]?> files, List<string> problems)
    {
        if (route.PathTokenFiles is not { } tokenFiles)
        {
            return [RouteAddress.Of(route.Path)];
        }

        var addresses = new List<RouteAddress>();
        foreach (var file in tokenFiles)
        {
            if (files[file] is not { } content || MountedFile.Value(content) is not { Length: > 0 } token)
            {
                continue; // the previous token of a rotation is mostly not there
            }

            if (RouteAddress.IsToken(token))
            {
                addresses.Add(RouteAddress.Of(route.Path, token));
            }
            else
            {
                problems.Add($"path token: the value in {file} is not {RouteAddress.MinTokenLength} to {RouteAddress.MaxTokenLength} characters of A-Z a-z 0-9 - . _ ~");
            }
        }

        if (addresses.Count == 0 && problems.Count == 0)
        {
            problems.Add($"path token: no value in {string.Join(" nor in ", tokenFiles)}");
        }

        return addresses;
    }

    /// <summary>Those of the addresses that the route may have; why it may not have the others is added to <paramref name="problems"/>.</summary>
    public IReadOnlyList<RouteAddress> Claim(ReceiverRoute route, IReadOnlyList<RouteAddress> addresses, List<string> problems)
    {
        var free = new List<RouteAddress>();
        foreach (var address in addresses)
        {
            if (_byPath.TryGetValue(address.Path, out var place) && Objection(place, route) is { } objection)
            {
                problems.Add(objection);
            }
            else
            {
                free.Add(address);
            }
        }

        return free;
    }

    /// <summary>Puts a route at its addresses.</summary>
    public void Occupy(IReadOnlyList<RouteAddress> addresses, ReceiverRoute route, ServedRoute served)
    {
        foreach (var address in addresses)
        {
            if (!_byPath.TryGetValue(address.Path, out var place))
            {
                _byPath[address.Path] = place = new(address, route.Provider);
            }

            place.Routes.Add(served);
        }
    }

    // Integrations are named, paths are not: they may hold a token.
    private static string? Objection(Place place, ReceiverRoute route)
    {
        var first = place.Routes[0];
        if (place.Provider != route.Provider)
        {
            return $"path: {first.Integration} of another provider has it";
        }

        if (route.AccountId is null || first.Account.Id is null)
        {
            return $"path: {first.Integration} has it too, so each needs an accountId of its own";
        }

        return place.Routes.Find(other => other.Account.Id == route.AccountId) is { } twin ? $"path: {twin.Integration} has it for the same accountId" : null;
    }

    /// <summary>An address and the routes there.</summary>
    internal sealed record Place(RouteAddress Address, string Provider)
    {
        /// <summary>At least one, in the order of the documents.</summary>
        public List<ServedRoute> Routes { get; } = [];
    }
}
