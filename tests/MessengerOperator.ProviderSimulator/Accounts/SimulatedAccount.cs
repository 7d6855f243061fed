using System.Text.Json.Nodes;
using MessengerOperator.ProviderSimulator.Delivery;
using MessengerOperator.ProviderSimulator.Faults;

namespace MessengerOperator.ProviderSimulator.Accounts;

/// <summary>An account at a provider: what all providers share, and what the control API asks of each.</summary>
internal abstract class SimulatedAccount : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly List<RegistrationEvent> _registrations = [];
    private readonly List<Violation> _violations = [];
    private readonly List<SentMessage> _sent = [];
    private IDisposable? _hold;

    /// <param name="changes">Told of everything that happens to the account.</param>
    /// <param name="settings">What only this provider has.</param>
    protected SimulatedAccount(ChangeSignal changes, AccountSettings settings)
    {
        Changes = changes;
        Settings = settings;
        Calls = new CallLog(changes);
        Deliveries = new DeliveryLog(changes);
    }

    /// <summary>The provider's id of the account.</summary>
    public abstract string Id { get; }

    /// <summary>The provider's name.</summary>
    public abstract string Provider { get; }

    /// <summary>The token that works now; null when there is none.</summary>
    public abstract string? Token { get; }

    /// <summary>The public name.</summary>
    public abstract string Username { get; }

    /// <summary>The display name.</summary>
    public abstract string FirstName { get; }

    /// <summary>What its customers can do.</summary>
    public abstract IReadOnlyList<MessageKind> Kinds { get; }

    /// <summary>The events on their way. Accounts that are delivered together share one queue.</summary>
    public abstract WebhookQueue Queue { get; }

    /// <summary>The registration that decides where events go; null when none are delivered.</summary>
    public abstract Registration? CurrentRegistration { get; }

    /// <summary>Every registration of the account.</summary>
    public virtual IReadOnlyList<Registration> Registrations => CurrentRegistration is { } current ? [current] : [];

    /// <summary>On accepts http, any port and private addresses.</summary>
    public virtual bool LocalMode { get; set; }

    /// <summary>What only this provider has.</summary>
    public AccountSettings Settings { get; }

    public AccountSummary Summary => new()
    {
        Id = Id,
        Provider = Provider,
        Token = Token,
        Username = Username,
        FirstName = FirstName,
        LocalMode = LocalMode,
        WebhookUrl = CurrentRegistration?.Url,
        Pending = Queue.PendingOf(this),
        Settings = Settings.Snapshot(),
        Kinds = Kinds,
    };

    public FaultTable Faults { get; } = new();

    public CallLog Calls { get; }

    public DeliveryLog Deliveries { get; }

    public ChangeSignal Changes { get; }

    public RegistrationReport RegistrationReport
    {
        get
        {
            lock (_gate)
            {
                return new RegistrationReport(CurrentRegistration, Registrations, [.. _registrations]);
            }
        }
    }

    public DeliveryReport DeliveryReport
    {
        get
        {
            lock (_gate)
            {
                return DeliveryReport.Of(Deliveries.Snapshot(), [.. _violations]);
            }
        }
    }

    public IReadOnlyList<SentMessage> SentMessages
    {
        get
        {
            lock (_gate)
            {
                return [.. _sent];
            }
        }
    }

    /// <summary>Makes the event and queues it, or sends it at once when its secret header is not the ordinary one.</summary>
    /// <exception cref="FormatException">The provider has no such kind, or the message cannot be what it says it is.</exception>
    public Task<AcceptedEvent> AcceptAsync(CustomerMessage message, CancellationToken cancellationToken) => Kinds.Contains(message.Kind)
        ? AcceptKnownAsync(message, cancellationToken)
        : throw new FormatException($"{Provider} has no {message.Kind}; it has {string.Join(", ", Kinds)}.");

    /// <summary>Queues an event given as the provider's JSON.</summary>
    /// <exception cref="FormatException">The JSON cannot be an event of this provider.</exception>
    public abstract AcceptedEvent AcceptRaw(JsonObject update);

    /// <summary>Changes settings of the living account: console switches, secrets, permissions.</summary>
    /// <exception cref="FormatException">A name is unknown or a value is refused; then nothing has changed.</exception>
    public void ChangeSettings(IReadOnlyDictionary<string, string?> changes)
    {
        Settings.Change(changes);
        OnSettingsChanged();
        Queue.Wake();
        Changes.Pulse();
    }

    /// <summary>Sets the webhook as somebody else with the same token would.</summary>
    /// <exception cref="FormatException">There is no URL to set.</exception>
    public abstract Task OverwriteWebhookAsync(WebhookChange change, CancellationToken cancellationToken);

    /// <summary>Removes the webhook as somebody else with the same token would.</summary>
    public abstract void RemoveWebhook();

    /// <summary>Makes the token worthless at once; deliveries stop with it.</summary>
    /// <exception cref="FormatException">The new token does not fit the account.</exception>
    public abstract void RevokeToken(string? newToken);

    /// <summary>Queues events without delivering any, or goes on. Of accounts that share a queue, one that holds it holds it for all.</summary>
    public void SetHeld(bool held)
    {
        lock (_gate)
        {
            _hold?.Dispose();
            _hold = held ? Queue.Hold() : null;
        }
    }

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        SetHeld(false);
        return ValueTask.CompletedTask;
    }

    /// <summary>Makes the event of a kind that the provider has.</summary>
    protected abstract Task<AcceptedEvent> AcceptKnownAsync(CustomerMessage message, CancellationToken cancellationToken);

    /// <summary>What follows at once from changed settings.</summary>
    protected virtual void OnSettingsChanged()
    {
    }

    public void Record(RegistrationEvent entry)
    {
        lock (_gate)
        {
            _registrations.Add(entry);
        }

        Changes.Pulse();
    }

    public void Record(Violation violation)
    {
        lock (_gate)
        {
            _violations.Add(violation);
        }

        Changes.Pulse();
    }

    public void Record(SentMessage message)
    {
        lock (_gate)
        {
            _sent.Add(message);
        }

        Changes.Pulse();
    }
}
