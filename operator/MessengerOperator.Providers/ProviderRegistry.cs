using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace MessengerOperator.Providers;

/// <summary>The providers that this build knows, by name.</summary>
public sealed class ProviderRegistry
{
    private readonly FrozenDictionary<string, IProvider> _providers;

    /// <summary>Indexes <paramref name="providers"/>.</summary>
    /// <exception cref="InvalidOperationException">Two of them have one name.</exception>
    public ProviderRegistry(IEnumerable<IProvider> providers)
    {
        var byName = new Dictionary<string, IProvider>(StringComparer.Ordinal);
        foreach (var provider in providers)
        {
            if (!byName.TryAdd(provider.Name, provider))
            {
                throw new InvalidOperationException($"The provider '{provider.Name}' is registered twice.");
            }
        }

        _providers = byName.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>The names, in no particular order.</summary>
    public IReadOnlyCollection<string> Names => _providers.Keys;

    /// <summary>The provider of that name, exactly as <c>spec.provider</c> spells it.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out IProvider? provider) => _providers.TryGetValue(name, out provider);
}
