namespace MessengerOperator.Runtime.Events;

/// <summary>
/// Decides what becomes of an event: counted into an earlier one that says the same; combined with similar ones when an object says the same reason with
/// ever new texts; held back when an object is too talkative. Used by one thread.
/// </summary>
internal sealed class EventCorrelator(TimeProvider time)
{
    private const int SimilarTexts = 10;
    private const int Burst = 25;
    private const int MaxRemembered = 4096;
    private static readonly TimeSpan RefillPeriod = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(50);
    private static readonly TimeSpan SimilarWindow = TimeSpan.FromMinutes(10);

    private readonly Dictionary<(string Object, EventType Type, string Reason, string? Message), (EventSeries Series, long Used)> _series = [];
    private readonly Dictionary<(string Object, EventType Type, string Reason), (HashSet<string> Texts, long Since)> _similar = [];
    private readonly Dictionary<string, (double Tokens, long At)> _budgets = [];

    /// <summary>The series that the event belongs to; null when it is held back.</summary>
    public EventSeries? Correlate(PendingEvent pending)
    {
        Trim();
        var about = pending.Regarding.Uid ?? $"{pending.Regarding.Kind}/{pending.Regarding.NamespaceProperty}/{pending.Regarding.Name}";
        if (!TakeToken(about))
        {
            return null;
        }

        var combined = IsOneOfMany(about, pending);
        var key = (about, pending.Type, pending.Reason, combined ? null : pending.Message);
        var series = _series.TryGetValue(key, out var known) && time.GetElapsedTime(known.Used) < Lifetime ? known.Series : new EventSeries(combined);
        _series[key] = (series, time.GetTimestamp());
        return series;
    }

    private bool TakeToken(string about)
    {
        var now = time.GetTimestamp();
        var (tokens, at) = _budgets.TryGetValue(about, out var budget) ? budget : (Burst, now);
        tokens = Math.Min(Burst, tokens + (time.GetElapsedTime(at, now) / RefillPeriod));
        var granted = tokens >= 1;
        _budgets[about] = (granted ? tokens - 1 : tokens, now);
        return granted;
    }

    private bool IsOneOfMany(string about, PendingEvent pending)
    {
        var key = (about, pending.Type, pending.Reason);
        if (!_similar.TryGetValue(key, out var similar) || time.GetElapsedTime(similar.Since) > SimilarWindow)
        {
            _similar[key] = similar = ([], time.GetTimestamp());
        }

        if (similar.Texts.Count <= SimilarTexts)
        {
            similar.Texts.Add(pending.Message);
        }

        return similar.Texts.Count > SimilarTexts;
    }

    private void Trim()
    {
        if (_series.Count < MaxRemembered && _budgets.Count < MaxRemembered && _similar.Count < MaxRemembered)
        {
            return;
        }

        foreach (var key in _series.Where(entry => time.GetElapsedTime(entry.Value.Used) > Lifetime).Select(entry => entry.Key).ToList())
        {
            _series.Remove(key);
        }

        foreach (var key in _similar.Where(entry => time.GetElapsedTime(entry.Value.Since) > SimilarWindow).Select(entry => entry.Key).ToList())
        {
            _similar.Remove(key);
        }

        foreach (var key in _budgets.Where(entry => time.GetElapsedTime(entry.Value.At) > RefillPeriod * Burst).Select(entry => entry.Key).ToList())
        {
            _budgets.Remove(key);
        }

        if (_series.Count >= MaxRemembered)
        {
            _series.Clear();
        }

        if (_similar.Count >= MaxRemembered)
        {
            _similar.Clear();
        }

        if (_budgets.Count >= MaxRemembered)
        {
            _budgets.Clear();
        }
    }
}
