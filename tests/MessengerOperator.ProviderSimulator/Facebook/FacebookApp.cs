using MessengerOperator.ProviderSimulator.Accounts;

namespace MessengerOperator.ProviderSimulator.Facebook;

/// <summary>A Meta app: its secret, its one webhook, and the pages that are used with it.</summary>
internal sealed class FacebookApp : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly List<FacebookAccount> _pages = [];
    private FacebookSubscription? _subscription;
    private volatile string _secret;

    public FacebookApp(string id, string secret, SimulatorState state)
    {
        Id = id;
        _secret = secret;
        State = state;
        Queue = new FacebookQueue(this, state);
        Subscriptions = new FacebookAppSubscriptions(this);
    }

    public string Id { get; }

    public string Secret => _secret;

    public SimulatorState State { get; }

    /// <summary>The events of all its pages: they go to one URL, and several pages' into one request.</summary>
    public FacebookQueue Queue { get; }

    public FacebookAppSubscriptions Subscriptions { get; }

    /// <summary>The webhook; null when there is none.</summary>
    public FacebookSubscription? Subscription => Volatile.Read(ref _subscription);

    public IReadOnlyList<FacebookAccount> Pages
    {
        get
        {
            lock (_gate)
            {
                return [.. _pages];
            }
        }
    }

    /// <summary>Whether a switch of the app is on at any of its pages.</summary>
    public bool IsOn(string name) => Pages.Any(page => page.Settings.IsOn(name));

    /// <summary>The highest value of the app's that any of its pages has.</summary>
    public long NumberOf(string name) => Pages.Select(page => page.Settings.NumberOf(name)).DefaultIfEmpty().Max();

    public void Join(FacebookAccount page)
    {
        lock (_gate)
        {
            _pages.Add(page);
        }
    }

    /// <summary>Takes a page out with what waits for it; true when it was the last.</summary>
    public bool Leave(FacebookAccount page)
    {
        Queue.Remove(delivery => ReferenceEquals(delivery.Owner, page), Delivery.DeliveryState.Discarded);
        lock (_gate)
        {
            _pages.Remove(page);
            return _pages.Count == 0;
        }
    }

    /// <summary>A new secret: requests are signed with it from now on, and every token made for the app is worthless.</summary>
    public void ResetSecret(string secret)
    {
        _secret = secret;
        foreach (var page in Pages)
        {
            page.AppSecretWasReset(secret);
        }
    }

    /// <summary>Sets or removes the webhook, and tells every page of it.</summary>
    public void Replace(FacebookSubscription? subscription, RegistrationEvent entry)
    {
        var before = Interlocked.Exchange(ref _subscription, subscription);
        if (before is not null && !ReferenceEquals(before.Connection, subscription?.Connection))
        {
            before.Connection.Dispose();
        }

        Record(entry);
        Queue.Wake();
    }

    /// <summary>Writes into the history of every page.</summary>
    public void Record(RegistrationEvent entry)
    {
        foreach (var page in Pages)
        {
            page.Record(entry);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Queue.DisposeAsync();
        Subscription?.Connection.Dispose();
    }
}
