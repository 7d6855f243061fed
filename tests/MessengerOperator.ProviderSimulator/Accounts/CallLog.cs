namespace MessengerOperator.ProviderSimulator.Accounts;

/// <summary>Provider calls that were received, with their counts.</summary>
internal sealed class CallLog(ChangeSignal changes)
{
    private const int MaxKept = 10_000;

    private readonly Lock _gate = new();
    private readonly Queue<ProviderCall> _calls = [];
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    public void Add(ProviderCall call)
    {
        lock (_gate)
        {
            _counts[call.Method] = _counts.GetValueOrDefault(call.Method) + 1;
            _calls.Enqueue(call);
            if (_calls.Count > MaxKept)
            {
                _calls.Dequeue();
            }
        }

        changes.Pulse();
    }

    public void Clear()
    {
        lock (_gate)
        {
            _counts.Clear();
            _calls.Clear();
        }

        changes.Pulse();
    }

    public int Count(string method)
    {
        lock (_gate)
        {
            return method == "total"
                ? _counts.Values.Sum()
                : _counts.FirstOrDefault(entry => string.Equals(entry.Key, method, StringComparison.OrdinalIgnoreCase)).Value;
        }
    }

    public CallReport Report()
    {
        lock (_gate)
        {
            return new CallReport(_counts.Values.Sum(), new SortedDictionary<string, int>(_counts, StringComparer.Ordinal), [.. _calls]);
        }
    }
}
