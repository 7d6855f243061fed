using System.Globalization;
using System.Text.Json.Nodes;
using MessengerOperator.ProviderSimulator.Accounts;
using MessengerOperator.ProviderSimulator.Delivery;
using MessengerOperator.ProviderSimulator.Telegram;

namespace MessengerOperator.ProviderSimulator.Facebook;

/// <summary>A page, as one Meta app uses it.</summary>
internal sealed class FacebookAccount : SimulatedAccount
{
    /// <summary>The page that the dashboard's test button speaks of.</summary>
    public const string SamplePage = "0";

    private const string PasswordChanged = "460";

    private readonly Func<FacebookAccount, ValueTask> _leave;
    private volatile string _token;
    private volatile string _secret;
    private long _events;

    public FacebookAccount(string id, string token, FacebookApp app, AccountRequest request, AccountSettings settings, Func<FacebookAccount, ValueTask> leave)
        : base(app.State.Changes, settings)
    {
        Id = id;
        _token = token;
        App = app;
        _secret = app.Secret;
        _leave = leave;
        Username = request.Username ?? $"acme{id}";
        FirstName = request.FirstName;
        LocalMode = request.LocalMode;
        Api = new FacebookPageApi(this);
        Messages = new FacebookMessages(this);
        Clock = new FacebookFailureClock(this);
        settings.Change(new Dictionary<string, string?> { [FacebookSettings.AppSecret] = app.Secret });
        app.Join(this);
    }

    public FacebookApp App { get; }

    public FacebookPageApi Api { get; }

    public FacebookMessages Messages { get; }

    public FacebookConversations Conversations { get; } = new();

    public FacebookFailureClock Clock { get; }

    /// <summary>The token that was given out last, be it alive or dead.</summary>
    public string LatestToken => _token;

    public override string Id { get; }

    public override string Provider => FacebookModule.ProviderName;

    public override string? Token => FacebookTokens.Death(this) is null ? _token : null;

    public override string Username { get; }

    public override string FirstName { get; }

    public override IReadOnlyList<MessageKind> Kinds => FacebookEvent.Kinds;

    public override WebhookQueue Queue => App.Queue;

    /// <summary>The app's webhook, and only while the page is subscribed as well.</summary>
    public override Registration? CurrentRegistration => Api.Fields is null ? null : App.Subscriptions.Show();

    public override IReadOnlyList<Registration> Registrations => [.. new[] { App.Subscriptions.Show(), Api.Show() }.OfType<Registration>()];

    public override AcceptedEvent AcceptRaw(JsonObject update)
    {
        var item = (JsonObject)update.DeepClone();
        if (item["field"]?.GetValue<string>() is { } field)
        {
            return Accept(new FacebookEvent(FacebookQueue.ChangesPrefix + field, item, Id, MessageId: null));
        }

        var members = item.Select(member => member.Key).ToList();
        var customer = item["sender"]?["id"]?.GetValue<string>() ?? Id;
        var isEcho = item["message"]?["is_echo"]?.GetValue<bool>() == true;
        var mid = item["message"]?["mid"] ?? item["postback"]?["mid"];
        return Accept(new FacebookEvent(isEcho ? FacebookFields.Echoes : FacebookFields.Of(members), item, customer, mid?.GetValue<string>()));
    }

    /// <summary>Queues an event, if app and page have asked for its kind.</summary>
    public AcceptedEvent Accept(FacebookEvent happened) => App.Queue.Accept(Draft(happened));

    public override Task OverwriteWebhookAsync(WebhookChange change, CancellationToken cancellationToken)
    {
        if (change.Scope != FacebookPageApi.Scope)
        {
            return App.Subscriptions.OverwriteAsync(change, cancellationToken);
        }

        var isSubscribed = change.Settings.GetValueOrDefault("subscribed") != SettingKey.False;
        Api.Change(RegistrationActor.SomebodyElse, isSubscribed ? change.AllowedUpdates ?? Api.Fields ?? [FacebookFields.Messages] : null, "success");
        return Task.CompletedTask;
    }

    public override void RemoveWebhook() => App.Subscriptions.Remove();

    public override void RevokeToken(string? newToken)
    {
        _token = newToken ?? _token;
        ChangeSettings(new Dictionary<string, string?> { [FacebookSettings.TokenError] = newToken is null ? PasswordChanged : string.Empty });
    }

    /// <summary>The app's secret is another now, and with it this page's token is worthless.</summary>
    public void AppSecretWasReset(string secret)
    {
        _secret = secret;
        Settings.Change(new Dictionary<string, string?> { [FacebookSettings.AppSecret] = secret, [FacebookSettings.TokenError] = "467" });
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _leave(this);
    }

    protected override Task<AcceptedEvent> AcceptKnownAsync(CustomerMessage message, CancellationToken cancellationToken)
    {
        if (message.Kind is MessageKind.Blocked or MessageKind.Unblocked)
        {
            // Facebook tells nobody; only what the page sends then is refused.
            var customer = message.CustomerId.ToString(CultureInfo.InvariantCulture);
            Conversations.SetBlocked(customer, message.Kind == MessageKind.Blocked);
            return Task.FromResult(new AcceptedEvent(NextId("block"), customer, null, DeliveryState.Filtered, null));
        }

        return App.Queue.AcceptAsync(Draft(FacebookEvent.Of(message, this)), message.Secret, cancellationToken);
    }

    protected override void OnSettingsChanged()
    {
        if (Settings[FacebookSettings.AppSecret] is var secret && secret != _secret)
        {
            App.ResetSecret(secret);
        }
    }

    private EventDraft Draft(FacebookEvent happened) => new()
    {
        Owner = this,
        Id = happened.MessageId is { } mid && happened.Kind is FacebookFields.Messages or FacebookFields.Postbacks or FacebookFields.Echoes ? mid : NextId(happened.Kind),
        Kind = happened.Kind,
        Conversation = App.IsOn(FacebookSettings.OutOfOrder) ? NextId(happened.Customer) : happened.Customer,
        Body = AsciiJson.Write(happened.Item).Replace("/", "\\/", StringComparison.Ordinal),
        MessageId = happened.MessageId,
        IsWanted = IsWanted(happened),
    };

    /// <summary>Only what is subscribed at both levels is delivered, and nothing without the permission or, in development mode, of ordinary people.</summary>
    private bool IsWanted(FacebookEvent happened)
    {
        if (App.Subscription is not { IsActive: true } subscription)
        {
            return false;
        }

        if (happened.Kind.StartsWith(FacebookQueue.ChangesPrefix, StringComparison.Ordinal))
        {
            var field = happened.Kind[FacebookQueue.ChangesPrefix.Length..];
            return subscription.Has(field) && (field == FacebookFields.Messages || Api.Fields?.Contains(field) == true);
        }

        return subscription.Has(happened.Kind)
            && Api.Fields?.Contains(happened.Kind) == true
            && Settings.List(FacebookSettings.Scopes).Contains("pages_messaging")
            && Settings[FacebookSettings.TokenError] != "458"
            && (!App.IsOn(FacebookSettings.DevelopmentMode) || App.Pages.Any(page => page.Settings.List(FacebookSettings.Testers).Contains(happened.Customer)));
    }

    private string NextId(string of) => $"{of}-{Interlocked.Increment(ref _events).ToString(CultureInfo.InvariantCulture)}";
}
