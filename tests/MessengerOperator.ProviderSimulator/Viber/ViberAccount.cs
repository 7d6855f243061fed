using System.Text.Json.Nodes;
using MessengerOperator.ProviderSimulator.Accounts;
using MessengerOperator.ProviderSimulator.Delivery;

namespace MessengerOperator.ProviderSimulator.Viber;

/// <summary>A bot. Its username is what Viber calls the URI.</summary>
internal sealed class ViberAccount : SimulatedAccount
{
    private static readonly IReadOnlyList<MessageKind> AllKinds =
    [
        MessageKind.Text, MessageKind.Photo, MessageKind.Video, MessageKind.Document, MessageKind.Location, MessageKind.Sticker, MessageKind.Contact, MessageKind.Link,
        MessageKind.CallbackQuery, MessageKind.GroupMessage, MessageKind.Started, MessageKind.OptIn, MessageKind.Blocked, MessageKind.Delivered, MessageKind.Read, MessageKind.Failed,
        MessageKind.Probe, MessageKind.Unknown,
    ];

    private readonly ViberQueue _queue;
    private readonly ViberEvents _events;
    private volatile string? _token;

    public ViberAccount(string id, string token, AccountRequest request, SimulatorState state)
        : base(state.Changes, new AccountSettings(ViberSettings.Keys, request.Settings))
    {
        Id = id;
        _token = token;
        Username = request.Username ?? $"acme{id[^6..]}";
        FirstName = request.FirstName;
        LocalMode = request.LocalMode;
        Messages = new ViberMessages(this, state.Time);
        Webhooks = new ViberWebhooks(this, state);
        _events = new ViberEvents(this, state.Time);
        _queue = new ViberQueue(this, state);
    }

    public ViberMessages Messages { get; }

    public ViberWebhooks Webhooks { get; }

    public override string Id { get; }

    public override string Provider => ViberModule.ProviderName;

    public override string? Token => _token;

    /// <summary>The URI, as in deep links.</summary>
    public override string Username { get; }

    public override string FirstName { get; }

    public override IReadOnlyList<MessageKind> Kinds => AllKinds;

    public override WebhookQueue Queue => _queue;

    public override Registration? CurrentRegistration => Webhooks.Current?.Registration;

    public bool IsBlocked => Settings.IsOn(ViberSettings.Blocked);

    public bool IsSuspended => Settings.IsOn(ViberSettings.Suspended);

    /// <summary>The answer to <c>get_account_info</c>, without what every answer has.</summary>
    public JsonObject Info()
    {
        var info = new JsonObject
        {
            ["id"] = Id,
            ["name"] = FirstName,
            ["uri"] = Username,
            ["icon"] = "https://media.example.invalid/icon.png",
            ["category"] = "Companies, Brands & Products",
            ["subcategory"] = "Local Business",
            ["location"] = new JsonObject { ["lon"] = 30.52, ["lat"] = 50.45 },
            ["country"] = "UA",
            ["subscribers_count"] = Messages.Subscribers,
            ["members"] = new JsonArray(new JsonObject { ["id"] = ViberIds.User(Id, 0), ["name"] = "Admin", ["role"] = "admin" }),
        };
        if (Webhooks.Current is { } webhook)
        {
            info["webhook"] = webhook.Registration.Url;
            info["event_types"] = new JsonArray([.. webhook.EventTypes.Switchable.Select(name => JsonValue.Create(name))]);
        }

        return info;
    }

    public override AcceptedEvent AcceptRaw(JsonObject update) => _queue.Accept(_events.Complete(update));

    public override Task OverwriteWebhookAsync(WebhookChange change, CancellationToken cancellationToken) => Webhooks.OverwriteAsync(change, cancellationToken);

    public override void RemoveWebhook() => Webhooks.Remove(RegistrationActor.SomebodyElse, new Dictionary<string, string> { ["url"] = string.Empty });

    /// <summary>The webhook stays; with a new token events are signed with it from now on, without one none are delivered.</summary>
    public override void RevokeToken(string? newToken)
    {
        _token = newToken is null || ViberIds.IsAuthToken(newToken) ? newToken : throw new FormatException("The token is malformed.");
        _queue.Wake();
        Changes.Pulse();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _queue.DisposeAsync();
        Webhooks.Dispose();
    }

    protected override async Task<AcceptedEvent> AcceptKnownAsync(CustomerMessage message, CancellationToken cancellationToken)
    {
        var drafts = _events.Make(message);
        foreach (var other in drafts.Skip(1))
        {
            await _queue.AcceptAsync(other, message.Secret, cancellationToken);
        }

        return await _queue.AcceptAsync(drafts[0], message.Secret, cancellationToken);
    }
}
