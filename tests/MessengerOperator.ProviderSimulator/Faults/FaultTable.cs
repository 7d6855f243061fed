namespace MessengerOperator.ProviderSimulator.Faults;

/// <summary>
/// The faults in force, by method name without regard to case; <c>*</c> stands for every method, and <c>Viber:*</c> or
/// <c>Viber:set_webhook</c> for one provider's.
/// </summary>
internal sealed class FaultTable
{
    /// <summary>The method name that stands for every method.</summary>
    public const string AnyMethod = "*";

    private const char Separator = ':';

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Fault> _faults = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The provider in front of a method's name; null when there is none.</summary>
    public static string? ProviderOf(string method) => method.IndexOf(Separator, StringComparison.Ordinal) is var end and > 0 ? method[..end] : null;

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
    public Fault? Take(string method, string provider)
    {
        lock (_gate)
        {
            string[] keys = [$"{provider}{Separator}{method}", method, $"{provider}{Separator}{AnyMethod}", AnyMethod];
            if (keys.FirstOrDefault(_faults.ContainsKey) is not { } key)
            {
                return null;
            }

            var fault = _faults[key];
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
