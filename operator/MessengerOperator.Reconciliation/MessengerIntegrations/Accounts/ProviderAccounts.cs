using System.Collections.Concurrent;
using MessengerOperator.Providers;
using MessengerOperator.Providers.Accounts;
using MessengerOperator.Providers.Http;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Accounts;

/// <summary>The account halves of the providers, made once each.</summary>
internal sealed class ProviderAccounts(ProviderRegistry registry, ProviderHttp http)
{
    private readonly ConcurrentDictionary<string, IProviderAccounts> _accounts = new(StringComparer.Ordinal);

    /// <summary>The account half of a provider.</summary>
    /// <exception cref="InvalidOperationException">There is no such provider; AcceptSpec sees to it that there is.</exception>
    public IProviderAccounts Of(string provider) => _accounts.GetOrAdd(
        provider,
        name => registry.TryGet(name, out var found) ? found.CreateAccounts(http) : throw new InvalidOperationException($"There is no provider '{name}'."));
}
