using System.Text.Json.Nodes;
using MessengerOperator.ProviderSimulator.Accounts;
using MessengerOperator.ProviderSimulator.Delivery;

namespace MessengerOperator.ProviderSimulator.Telegram;

/// <summary>A bot: its token, and the parts that register, deliver and send for it.</summary>
internal sealed class TelegramAccount : SimulatedAccount
{
    private static readonly IReadOnlyList<MessageKind> AllKinds =
    [
        MessageKind.Text, MessageKind.Photo, MessageKind.Document, MessageKind.Voice, MessageKind.Video, MessageKind.Location,
        MessageKind.Sticker, MessageKind.Contact, MessageKind.CallbackQuery, MessageKind.EditedMessage, MessageKind.GroupMessage,
        MessageKind.Blocked, MessageKind.Unblocked, MessageKind.Unknown,
    ];

    private readonly TelegramUpdates _updates;
    private readonly TelegramQueue _queue;
    private volatile string? _token;

    public TelegramAccount(TelegramBot bot, string token, AccountRequest request, SimulatorState state)
        : base(state.Changes, new AccountSettings([], request.Settings))
    {
        Bot = bot;
        _token = token;
        Time = state.Time;
        LocalMode = request.LocalMode;
        _updates = new TelegramUpdates(bot, Chats, state.Time);
        Messages = new TelegramMessages(bot, Chats, state.Time, Record);
        Webhooks = new TelegramWebhooks(this, state);
        _queue = new TelegramQueue(this, state);
    }

    public TelegramBot Bot { get; }

    public TelegramChats Chats { get; } = new();

    public TelegramMessages Messages { get; }

    public TelegramWebhooks Webhooks { get; }

    public TelegramQueue Updates => _queue;

    /// <summary>The clock all parts of the account share.</summary>
    public SimulationTime Time { get; }

    public override string Id => Bot.Id.ToString(System.Globalization.CultureInfo.InvariantCulture);

    public override string Provider => TelegramModule.ProviderName;

    public override string? Token => _token;

    public override string Username => Bot.Username;

    public override string FirstName => Bot.FirstName;

    public override IReadOnlyList<MessageKind> Kinds => AllKinds;

    public override WebhookQueue Queue => _queue;

    public override Registration? CurrentRegistration => Webhooks.Current?.Registration;

    public override AcceptedEvent AcceptRaw(JsonObject update) => _queue.AcceptRaw(update);

    public override Task OverwriteWebhookAsync(WebhookChange change, CancellationToken cancellationToken) =>
        Webhooks.OverwriteAsync(change, cancellationToken);

    public override void RemoveWebhook() => Webhooks.Remove(RegistrationActor.SomebodyElse, "Webhook was deleted");

    public override void RevokeToken(string? newToken)
    {
        if (newToken is not null && (!TelegramToken.TryGetBotId(newToken, out var botId) || botId != Bot.Id))
        {
            throw new FormatException("The token does not begin with the bot's id.");
        }

        _token = newToken;
        if (newToken is not null)
        {
            // The server keeps webhooks by token; a new token starts without one.
            Webhooks.Remove(RegistrationActor.Provider, "Token was revoked");
        }

        Changes.Pulse();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _queue.DisposeAsync();
        Webhooks.Dispose();
    }

    protected override Task<AcceptedEvent> AcceptKnownAsync(CustomerMessage message, CancellationToken cancellationToken)
    {
        if (message.Options.Count > 0 || message.ProviderMessageId is not null)
        {
            throw new FormatException("A Telegram message has no options and no message id in text.");
        }

        var (kind, payload, chatId, messageId) = _updates.Make(message);
        return _queue.AcceptAsync(kind, payload, chatId, messageId, message.Secret, cancellationToken);
    }
}
