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

    protected SimulatedAccount(ChangeSignal changes)
    {
        Changes = changes;
        Calls = new CallLog(changes);
        Deliveries = new DeliveryLog(changes);
    }

    /// <summary>The provider's id of the account.</summary>
    public abstract string Id { get; }

    public abstract AccountSummary Summary { get; }

    /// <summary>The webhook now; null when there is none.</summary>
    public abstract Registration? CurrentRegistration { get; }

    public abstract bool LocalMode { get; set; }

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
                return new RegistrationReport(CurrentRegistration, [.. _registrations]);
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
    public abstract Task<AcceptedEvent> AcceptAsync(CustomerMessage message, CancellationToken cancellationToken);

    /// <summary>Queues an event given as the provider's JSON.</summary>
    /// <exception cref="FormatException">The JSON cannot be an event of this provider.</exception>
    public abstract AcceptedEvent AcceptRaw(JsonObject update);

    /// <summary>Delivers a known event once more, out of turn; null when there is no such event or no webhook.</summary>
    public abstract Task<AcceptedEvent?> RedeliverAsync(string id, SecretHeader secret, CancellationToken cancellationToken);

    /// <summary>Sets the webhook as somebody else with the same token would.</summary>
    /// <exception cref="FormatException">There is no URL to set.</exception>
    public abstract Task OverwriteWebhookAsync(WebhookChange change, CancellationToken cancellationToken);

    /// <summary>Removes the webhook as somebody else with the same token would.</summary>
    public abstract void RemoveWebhook();

    /// <summary>Makes the token worthless at once; deliveries stop with it.</summary>
    /// <exception cref="FormatException">The new token does not fit the account.</exception>
    public abstract void RevokeToken(string? newToken);

    /// <summary>Looks at the queue again after a change of the time scale.</summary>
    public abstract void Wake();

    public abstract ValueTask DisposeAsync();

    protected void Record(RegistrationEvent entry)
    {
        lock (_gate)
        {
            _registrations.Add(entry);
        }

        Changes.Pulse();
    }

    protected void Record(Violation violation)
    {
        lock (_gate)
        {
            _violations.Add(violation);
        }

        Changes.Pulse();
    }

    protected void Record(SentMessage message)
    {
        lock (_gate)
        {
            _sent.Add(message);
        }

        Changes.Pulse();
    }
}
