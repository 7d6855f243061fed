using System.Text.Json.Nodes;
using MessengerOperator.ProviderSimulator.Accounts;
using MessengerOperator.ProviderSimulator.Delivery;

namespace MessengerOperator.ProviderSimulator.Telegram;

/// <summary>A bot: its token, and the parts that register, deliver and send for it.</summary>
internal sealed class TelegramAccount : SimulatedAccount
{
    private readonly TelegramUpdates _updates;
    private readonly SimulatorState _state;
    private volatile string? _token;

    public TelegramAccount(TelegramBot bot, string token, bool localMode, SimulatorState state)
        : base(state.Changes)
    {
        Bot = bot;
        _token = token;
        _state = state;
        LocalMode = localMode;
        _updates = new TelegramUpdates(bot, Chats, state.Time);
        Messages = new TelegramMessages(bot, Chats, state.Time, Record);
        Webhooks = new TelegramWebhooks(this, state, Record);
        Queue = new TelegramQueue(this, state, Record);
    }

    public TelegramBot Bot { get; }

    public TelegramChats Chats { get; } = new();

    public TelegramMessages Messages { get; }

    public TelegramWebhooks Webhooks { get; }

    public TelegramQueue Queue { get; }

    /// <summary>The token that works now; null when it was revoked.</summary>
    public string? Token => _token;

    public override string Id => Bot.Id.ToString(System.Globalization.CultureInfo.InvariantCulture);

    public override bool LocalMode { get; set; }

    public override Registration? CurrentRegistration => Webhooks.Current?.Registration;

    public override AccountSummary Summary => new()
    {
        Id = Id,
        Provider = TelegramModule.ProviderName,
        Token = Token,
        Username = Bot.Username,
        FirstName = Bot.FirstName,
        LocalMode = LocalMode,
        WebhookUrl = CurrentRegistration?.Url,
        Pending = Queue.PendingCount,
    };

    public override async Task<AcceptedEvent> AcceptAsync(CustomerMessage message, CancellationToken cancellationToken)
    {
        var (kind, payload, chatId, messageId) = _updates.Make(message);
        return message.Secret == SecretHeader.Registered
            ? Queue.Accept(kind, payload, chatId, messageId)
            : await Queue.ForgeAsync(kind, payload, chatId, messageId, message.Secret, cancellationToken);
    }

    public override AcceptedEvent AcceptRaw(JsonObject update) => Queue.AcceptRaw(update);

    public override Task<AcceptedEvent?> RedeliverAsync(string id, SecretHeader secret, CancellationToken cancellationToken) =>
        Queue.RedeliverAsync(id, secret, cancellationToken);

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

    public override void Wake() => Queue.Wake();

    /// <summary>The clock all parts of the account share.</summary>
    public SimulationTime Time => _state.Time;

    public override async ValueTask DisposeAsync()
    {
        await Queue.DisposeAsync();
        Webhooks.Dispose();
    }
}
