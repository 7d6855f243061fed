namespace MessengerOperator.ProviderSimulator.Faults;

/// <summary>The faults in force, by method name without regard to case; <c>*</c> stands for every method.</summary>
internal sealed class FaultTable
{
    /// <summary>The method name that stands for every method.</summary>
    public const string AnyMethod = "*";

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Fault> _faults = new(StringComparer.OrdinalIgnoreCase);

    public void Set(string method, Fault fault)
    {
        lock (_gate)
        {
            _faults[method] = fault;
        }
    }

    public void Clear(string? method = null)
    {
        lock (_gate)
        {
            if (method is null)
            {
                _faults.Clear();
            }
            else
            {
                _faults.Remove(method);
            }
        }
    }

    public IReadOnlyDictionary<string, Fault> Snapshot()
    {
        lock (_gate)
        {
            return new Dictionary<string, Fault>(_faults, StringComparer.OrdinalIgnoreCase);
        }
    }

    /// <summary>The fault for this call, counted down; null when the call shall work.</summary>
    public Fault? Take(string method)
    {
        lock (_gate)
        {
            var key = _faults.ContainsKey(method) ? method : AnyMethod;
            if (!_faults.TryGetValue(key, out var fault))
            {
                return null;
            }

            if (fault.Times is <= 1)
            {
                _faults.Remove(key);
            }
            else if (fault.Times is { } times)
            {
                _faults[key] = fault with { Times = times - 1 };
            }

            return fault;
        }
    }
}
