using System.Collections.Concurrent;

namespace MessengerOperator.ProviderSimulator.Accounts;

/// <summary>All accounts of all providers, by id.</summary>
internal sealed class AccountRegistry : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, SimulatedAccount> _accounts = new(StringComparer.Ordinal);

    public IEnumerable<SimulatedAccount> All => _accounts.Values.OrderBy(account => account.Id, StringComparer.Ordinal);

    public SimulatedAccount? Find(string id) => _accounts.GetValueOrDefault(id);

    public bool TryAdd(SimulatedAccount account) => _accounts.TryAdd(account.Id, account);

    public async Task<bool> RemoveAsync(string id)
    {
        if (!_accounts.TryRemove(id, out var account))
        {
            return false;
        }

        await account.DisposeAsync();
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var id in _accounts.Keys)
        {
            await RemoveAsync(id);
        }
    }
}
