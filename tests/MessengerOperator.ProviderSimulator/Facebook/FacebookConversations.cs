using System.Security.Cryptography;

namespace MessengerOperator.ProviderSimulator.Facebook;

/// <summary>Whom a page knows: their latest messages, when they wrote, and who has blocked the page.</summary>
internal sealed class FacebookConversations
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";

    private readonly Lock _gate = new();
    private readonly Dictionary<string, DateTimeOffset> _wrote = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _latestOfCustomer = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _latestOfPage = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _edits = new(StringComparer.Ordinal);
    private readonly HashSet<string> _blocked = new(StringComparer.Ordinal);

    public static string NewMessageId() => "m_" + RandomNumberGenerator.GetString(Alphabet, 64);

    /// <summary>The customer wrote something.</summary>
    public string Wrote(string customer, DateTimeOffset at)
    {
        lock (_gate)
        {
            _wrote[customer] = at;
            return _latestOfCustomer[customer] = NewMessageId();
        }
    }

    /// <summary>The page wrote something.</summary>
    public string Answered(string customer)
    {
        lock (_gate)
        {
            return _latestOfPage[customer] = NewMessageId();
        }
    }

    public string LatestOfCustomer(string customer) => Latest(_latestOfCustomer, customer);

    public string LatestOfPage(string customer) => Latest(_latestOfPage, customer);

    /// <summary>When the customer wrote last; null when never, and then the page may not write either.</summary>
    public DateTimeOffset? LastWrote(string customer)
    {
        lock (_gate)
        {
            return _wrote.TryGetValue(customer, out var at) ? at : null;
        }
    }

    /// <summary>Counts the edits of a message.</summary>
    public int Edited(string mid)
    {
        lock (_gate)
        {
            return _edits[mid] = _edits.GetValueOrDefault(mid) + 1;
        }
    }

    public bool HasBlocked(string customer)
    {
        lock (_gate)
        {
            return _blocked.Contains(customer);
        }
    }

    public void SetBlocked(string customer, bool blocked)
    {
        lock (_gate)
        {
            _ = blocked ? _blocked.Add(customer) : _blocked.Remove(customer);
        }
    }

    private string Latest(Dictionary<string, string> latest, string customer)
    {
        lock (_gate)
        {
            return latest.TryGetValue(customer, out var mid) ? mid : latest[customer] = NewMessageId();
        }
    }
}
