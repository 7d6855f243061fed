using System.Text.Json.Nodes;
using MessengerOperator.ProviderSimulator.Accounts;
using MessengerOperator.ProviderSimulator.Delivery;

namespace MessengerOperator.ProviderSimulator.Nexmo;

/// <summary>A Vonage account: its API key with numbers and applications.</summary>
internal sealed class NexmoAccount : SimulatedAccount
{
    private readonly NexmoQueue _queue;
    private readonly NexmoSmsEvents _sms;
    private readonly NexmoMessagesEvents _messages;
    private volatile string? _apiSecret;

    public NexmoAccount(string apiKey, string apiSecret, AccountRequest request, SimulatorState state)
        : base(state.Changes, new AccountSettings(NexmoSetting.All, request.Settings))
    {
        Id = apiKey;
        _apiSecret = apiSecret;
        FirstName = request.FirstName;
        Connections = new NexmoConnections(state);
        Applications = new NexmoApplications(this);
        Webhooks = new NexmoRegistrations(this, state);
        _queue = new NexmoQueue(this, state);
        _sms = new NexmoSmsEvents(this, state.Time);
        _messages = new NexmoMessagesEvents(this, state.Time);
        OnSettingsChanged();
    }

    public NexmoNumbers Numbers { get; } = new();

    public NexmoApplications Applications { get; }

    public NexmoRegistrations Webhooks { get; }

    public NexmoConnections Connections { get; }

    /// <summary>The dashboard's switch.</summary>
    public bool UsesMessages => Settings[NexmoSetting.DefaultApi] == NexmoSetting.Messages;

    /// <summary>The application that messages go through; empty when there is none.</summary>
    public string ApplicationId => Settings.List(NexmoSetting.ApplicationIds).FirstOrDefault("");

    /// <summary>The API key.</summary>
    public override string Id { get; }

    public override string Provider => NexmoModule.ProviderName;

    /// <summary>The API secret; null when it was revoked.</summary>
    public override string? Token => _apiSecret;

    public override string Username => Id;

    public override string FirstName { get; }

    public override IReadOnlyList<MessageKind> Kinds => UsesMessages ? NexmoMessagesEvents.Kinds : NexmoSmsEvents.Kinds;

    public override WebhookQueue Queue => _queue;

    public override Registration? CurrentRegistration => Webhooks.Current;

    public override IReadOnlyList<Registration> Registrations => Webhooks.All;

    public bool Accepts(string secret) =>
        (Token is { } first && first == secret) || (Settings[NexmoSetting.SecondApiSecret] is { Length: > 0 } second && second == secret);

    public override AcceptedEvent AcceptRaw(JsonObject update)
    {
        var id = ((string?)update["message_uuid"] ?? (string?)update["messageId"]) ?? throw new FormatException("An event has a messageId or a message_uuid.");
        return _queue.Accept(_queue.Draft($"{id}-{Guid.NewGuid():N}", "raw", update, id));
    }

    public override Task OverwriteWebhookAsync(WebhookChange change, CancellationToken cancellationToken) => Webhooks.OverwriteAsync(change, cancellationToken);

    public override void RemoveWebhook() => Webhooks.Remove();

    /// <summary>Deletes the API secret. Webhooks stay and are called: they are signed with another one.</summary>
    public override void RevokeToken(string? newToken)
    {
        _apiSecret = newToken;
        Changes.Pulse();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _queue.DisposeAsync();
        Connections.Dispose();
    }

    protected override async Task<AcceptedEvent> AcceptKnownAsync(CustomerMessage message, CancellationToken cancellationToken)
    {
        var known = UsesMessages ? NexmoMessagesEvents.Options : NexmoSmsEvents.Options;
        if (message.Options.Keys.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
        {
            throw new FormatException($"There is no option '{unknown}'; there are {string.Join(", ", known)}.");
        }

        IReadOnlyList<JsonObject> bodies = UsesMessages ? [_messages.Make(message)] : _sms.Make(message);
        AcceptedEvent? first = null;
        foreach (var body in bodies)
        {
            var messageId = ((string?)body["message_uuid"] ?? (string?)body["messageId"])!;
            var id = body["status"] is { } status ? $"{messageId}-{status}" : messageId;
            var accepted = await _queue.AcceptAsync(_queue.Draft(id, message.Kind.ToString(), body, messageId), message.Secret, cancellationToken);
            first ??= accepted;
        }

        return first!;
    }

    protected override void OnSettingsChanged()
    {
        Numbers.Rent(NexmoNumbers.Parse(Settings[NexmoSetting.Numbers])!, Settings[NexmoSetting.VoiceCallback]);
        if (Settings[NexmoSetting.NumbersApplication] is { Length: > 0 } application)
        {
            Numbers.Link(application);
        }

        Applications.Have(Settings.List(NexmoSetting.ApplicationIds));
    }
}
