using System.Text.Json.Nodes;
using MessengerOperator.ProviderSimulator.Accounts;
using MessengerOperator.ProviderSimulator.Delivery;

namespace MessengerOperator.ProviderSimulator.Line;

/// <summary>A channel of the Messaging API with its bot. Its id is the bot's user id, which webhooks call <c>destination</c>.</summary>
internal sealed class LineAccount : SimulatedAccount
{
    private static readonly IReadOnlyList<MessageKind> AllKinds =
    [
        MessageKind.Text, MessageKind.Photo, MessageKind.Document, MessageKind.Voice, MessageKind.Audio, MessageKind.Video, MessageKind.Location,
        MessageKind.Sticker, MessageKind.CallbackQuery, MessageKind.GroupMessage, MessageKind.Standby, MessageKind.Started, MessageKind.Blocked,
        MessageKind.Unblocked, MessageKind.Deleted, MessageKind.GroupJoined, MessageKind.GroupLeft, MessageKind.Probe, MessageKind.Unknown,
    ];

    private readonly LineQueue _queue;

    public LineAccount(string userId, string channelId, AccountRequest request, SimulatorState state)
        : base(state.Changes, new AccountSettings(LineSettings.Keys(channelId), request.Settings))
    {
        Id = userId;
        Username = request.Username ?? $"@{userId[1..4]}{userId[^5..]}";
        FirstName = request.FirstName;
        LocalMode = request.LocalMode;
        Tokens = new LineTokens(request.Token, Settings, state.Time);
        RateLimits = new LineRateLimits(state.Time);
        Messages = new LineMessages(this, state.Time);
        Events = new LineEvents(this, state.Time);
        Endpoint = new LineEndpoint(this, state);
        _queue = new LineQueue(this, state);
    }

    public LineTokens Tokens { get; }

    public LineRateLimits RateLimits { get; }

    public LineMessages Messages { get; }

    public LineEvents Events { get; }

    public LineEndpoint Endpoint { get; }

    public override string Id { get; }

    public override string Provider => LineModule.ProviderName;

    public override string? Token => Tokens.Current;

    /// <summary>The basic id, with its @.</summary>
    public override string Username { get; }

    public override string FirstName { get; }

    public override IReadOnlyList<MessageKind> Kinds => AllKinds;

    public override WebhookQueue Queue => _queue;

    public override Registration? CurrentRegistration => Endpoint.Registered is { } registered
        ? new Registration
        {
            Url = registered.Url.OriginalString,
            SetAt = registered.SetAt,
            Settings = new Dictionary<string, string> { [LineSettings.Active] = Settings[LineSettings.Active] },
        }
        : null;

    /// <summary>Whether LINE sends anything to the webhook: it is on, and not stopped for its failures.</summary>
    public bool IsSending => Settings.IsOn(LineSettings.Active) && !Settings.IsOn(LineSettings.Suspended);

    public override AcceptedEvent AcceptRaw(JsonObject update) => _queue.Accept(Events.Complete(update));

    public override async Task OverwriteWebhookAsync(WebhookChange change, CancellationToken cancellationToken)
    {
        if (change.SecretToken is not null || change.AllowedUpdates is not null || change.MaxConnections is not null || change.Scope is not null || change.Settings.Count > 0)
        {
            throw new FormatException("A LINE webhook has nothing but its URL.");
        }

        await Endpoint.OverwriteAsync(change.Url ?? throw new FormatException("There is no URL to set."), cancellationToken);
    }

    // Completes at once: an empty endpoint needs no name to be resolved.
    public override void RemoveWebhook() => Endpoint.OverwriteAsync(string.Empty, CancellationToken.None).GetAwaiter().GetResult();

    /// <summary>The webhook stays, and events go on: LINE signs them with the channel secret, not with the token.</summary>
    public override void RevokeToken(string? newToken)
    {
        Tokens.Reissue(newToken);
        Changes.Pulse();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _queue.DisposeAsync();
        Endpoint.Dispose();
    }

    protected override void OnSettingsChanged() => Tokens.SettingsChanged();

    protected override Task<AcceptedEvent> AcceptKnownAsync(CustomerMessage message, CancellationToken cancellationToken)
    {
        var draft = Events.Make(message);
        if (message.Kind != MessageKind.Probe && Random.Shared.Next(100) < Settings.Number(LineSettings.ProbePercent))
        {
            _queue.Accept(Events.Make(new CustomerMessage { Kind = MessageKind.Probe }));
        }

        return _queue.AcceptAsync(draft, message.Secret, cancellationToken);
    }
}
