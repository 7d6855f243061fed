namespace MessengerOperator.ProviderSimulator.Telegram;

/// <summary>The chats a bot knows: their message numbers, and who blocked it.</summary>
internal sealed class TelegramChats
{
    private readonly Lock _gate = new();
    private readonly Dictionary<long, long> _latest = [];
    private readonly HashSet<long> _blocked = [];
    private long _privateMessages = 100;
    private long _callbacks = 21_474_836_480_000_000;

    /// <summary>A new message's number: counted through all private chats, and by itself in each group.</summary>
    public long NextMessageId(long chatId)
    {
        lock (_gate)
        {
            var next = chatId > 0 ? ++_privateMessages : _latest.GetValueOrDefault(chatId) + 1;
            return _latest[chatId] = next;
        }
    }

    public long? LatestMessageId(long chatId)
    {
        lock (_gate)
        {
            return _latest.TryGetValue(chatId, out var latest) && latest > 0 ? latest : null;
        }
    }

    public long NextCallbackId() => Interlocked.Increment(ref _callbacks);

    /// <summary>A bot knows the chats that wrote to it or changed its membership.</summary>
    public bool Knows(long chatId)
    {
        lock (_gate)
        {
            return _latest.ContainsKey(chatId) || _blocked.Contains(chatId);
        }
    }

    public bool HasBlocked(long customerId)
    {
        lock (_gate)
        {
            return _blocked.Contains(customerId);
        }
    }

    public void SetBlocked(long customerId, bool blocked)
    {
        lock (_gate)
        {
            _ = blocked ? _blocked.Add(customerId) : _blocked.Remove(customerId);
            _latest.TryAdd(customerId, 0);
        }
    }
}
