namespace MessengerOperator.ProviderSimulator.Accounts;

/// <summary>What is particular to a provider's accounts, as text by name: ids, secrets, console switches.</summary>
/// <remarks>A name that the provider does not have is refused, at the making of an account as well as later.</remarks>
internal sealed class AccountSettings
{
    private readonly Lock _gate = new();
    private readonly IReadOnlyList<SettingKey> _keys;
    private readonly Dictionary<string, string> _values;

    /// <param name="keys">The names there are.</param>
    /// <param name="given">The values that differ from the defaults.</param>
    /// <exception cref="FormatException">A name is unknown or a value is refused.</exception>
    public AccountSettings(IReadOnlyList<SettingKey> keys, IReadOnlyDictionary<string, string?> given)
    {
        _keys = keys;
        _values = keys.ToDictionary(key => key.Name, key => key.Default, StringComparer.Ordinal);
        Change(given);
    }

    public string this[string name]
    {
        get
        {
            lock (_gate)
            {
                return _values[name];
            }
        }
    }

    /// <summary>Whether a switch is on; its value is <c>true</c> or <c>false</c>.</summary>
    public bool IsOn(string name) => this[name] == SettingKey.True;

    /// <summary>The parts of a list, which are separated by commas.</summary>
    public IReadOnlyList<string> List(string name) => this[name].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>All values by name, secrets included.</summary>
    public IReadOnlyDictionary<string, string> Snapshot()
    {
        lock (_gate)
        {
            return new SortedDictionary<string, string>(_values, StringComparer.Ordinal);
        }
    }

    /// <summary>Changes all of the values or, when one is refused, none. Null goes back to the default.</summary>
    /// <exception cref="FormatException">A name is unknown or a value is refused.</exception>
    public void Change(IReadOnlyDictionary<string, string?> changes)
    {
        var checkedChanges = changes.Select(change => (Key: Find(change.Key), change.Value)).ToList();
        foreach (var (key, value) in checkedChanges)
        {
            if (value is not null && key.Refusal?.Invoke(value) is { } refusal)
            {
                throw new FormatException($"The setting {key.Name} {refusal}.");
            }
        }

        lock (_gate)
        {
            foreach (var (key, value) in checkedChanges)
            {
                _values[key.Name] = value ?? key.Default;
            }
        }
    }

    private SettingKey Find(string name) => _keys.FirstOrDefault(key => key.Name == name)
        ?? throw new FormatException(_keys.Count == 0
            ? $"There is no setting '{name}'; this provider has none."
            : $"There is no setting '{name}'; there are {string.Join(", ", _keys.Select(key => key.Name))}.");
}
