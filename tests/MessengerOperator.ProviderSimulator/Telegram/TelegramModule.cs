using System.Globalization;
using MessengerOperator.ProviderSimulator.Accounts;
using MessengerOperator.ProviderSimulator.Faults;

namespace MessengerOperator.ProviderSimulator.Telegram;

/// <summary>The Bot API: <c>/bot{token}/{method}</c>.</summary>
internal sealed class TelegramModule(SimulatorState state) : ProviderModule<TelegramCall>(state)
{
    public const string ProviderName = "Telegram";
    private const string Prefix = "/bot";
    private const long FirstBotId = 700_000_001;

    /// <summary>The methods that exist here, in the manual's spelling; the server reads them without regard to case.</summary>
    private static readonly string[] Methods = ["getMe", "setWebhook", "getWebhookInfo", "deleteWebhook", "getUpdates", "sendMessage"];

    public override string Name => ProviderName;

    public override IReadOnlyDictionary<string, Fault> FaultPresets => TelegramFaults.Presets;

    public override bool Owns(PathString path) => path.Value?.StartsWith(Prefix, StringComparison.Ordinal) == true;

    public override SimulatedAccount CreateAccount(AccountRequest request)
    {
        var botId = ReadBotId(request);
        var token = request.Token ?? TelegramToken.New(botId);
        if (!TelegramToken.TryGetBotId(token, out var tokenId) || tokenId != botId)
        {
            throw new FormatException("A Telegram token is BOT-ID:SECRET, at most 80 characters, and begins with the account's id.");
        }

        var username = request.Username ?? string.Create(CultureInfo.InvariantCulture, $"acme_{botId}_bot");
        return new TelegramAccount(new TelegramBot(botId, username, request.FirstName), token, request, State);
    }

    protected override ValueTask<TelegramCall> IdentifyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var segments = request.Path.Value![Prefix.Length..].Split('/', 2);
        var (token, method) = (segments[0], segments.Length == 2 ? segments[1] : string.Empty);
        method = Methods.FirstOrDefault(known => string.Equals(known, method, StringComparison.OrdinalIgnoreCase)) ?? method;
        return ValueTask.FromResult(new TelegramCall(method, FindAccount(token), Mask(token), token));
    }

    protected override IProviderAnswer Refusal(Fault fault) =>
        TelegramAnswer.Error(FaultAnswer.StatusOf(fault), fault.Description, fault.RetryAfterSeconds);

    protected override async Task<IProviderAnswer> AnswerAsync(HttpRequest request, TelegramCall call, CancellationToken cancellationToken)
    {
        if (!TelegramToken.TryGetBotId(call.Token, out _))
        {
            return State.MalformedTokenStatus == StatusCodes.Status401Unauthorized
                ? TelegramAnswer.Error(StatusCodes.Status401Unauthorized, "Unauthorized: invalid token specified")
                : TelegramAnswer.Error(StatusCodes.Status404NotFound);
        }

        if (call.Method.Length == 0)
        {
            return TelegramAnswer.Error(StatusCodes.Status404NotFound);
        }

        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsPost(request.Method))
        {
            return TelegramAnswer.Error(StatusCodes.Status405MethodNotAllowed, "Method Not Allowed");
        }

        if (call.Account is not TelegramAccount account)
        {
            return TelegramAnswer.Error(StatusCodes.Status401Unauthorized);
        }

        try
        {
            var arguments = await TelegramArguments.ReadAsync(request);
            return await CallAsync(account, call.Method, arguments, cancellationToken);
        }
        catch (Exception failure) when (failure is FormatException or InvalidDataException)
        {
            return TelegramAnswer.BadRequest(failure.Message);
        }
    }

    private static async Task<TelegramAnswer> CallAsync(
        TelegramAccount account,
        string method,
        TelegramArguments arguments,
        CancellationToken cancellationToken) => method switch
        {
            "getMe" => TelegramAnswer.Ok(account.Bot.ToMe()),
            "setWebhook" => await account.Webhooks.SetAsync(arguments, cancellationToken),
            "getWebhookInfo" => TelegramAnswer.Ok(account.Webhooks.Info(account.Queue.PendingOf(account))),
            "deleteWebhook" => account.Webhooks.Delete(arguments),
            "sendMessage" => account.Messages.Send(arguments),
            "getUpdates" when account.Webhooks.Current is not null => TelegramAnswer.Error(
                StatusCodes.Status409Conflict,
                "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"),
            "getUpdates" => TelegramAnswer.Ok(account.Updates.Poll(arguments)),
            _ => TelegramAnswer.Error(StatusCodes.Status404NotFound, "Not Found: method not found"),
        };

    private TelegramAccount? FindAccount(string token) =>
        TelegramToken.TryGetBotId(token, out var botId)
        && State.Accounts.Find(botId.ToString(CultureInfo.InvariantCulture)) is TelegramAccount account
        && account.Token == token
            ? account
            : null;

    private long ReadBotId(AccountRequest request)
    {
        if (request.Id is not null)
        {
            return long.TryParse(request.Id, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0
                ? id
                : throw new FormatException("A bot's id is a positive number.");
        }

        if (request.Token is not null)
        {
            return TelegramToken.TryGetBotId(request.Token, out var id) ? id : throw new FormatException("The token is malformed.");
        }

        var free = FirstBotId;
        while (State.Accounts.Find(free.ToString(CultureInfo.InvariantCulture)) is not null)
        {
            free++;
        }

        return free;
    }

    /// <summary>Enough of an unknown token to tell calls apart, and nothing of its secret part.</summary>
    private static string Mask(string token) => TelegramToken.TryGetBotId(token, out var botId)
        ? string.Create(CultureInfo.InvariantCulture, $"{botId}:(unknown)")
        : "(malformed)";
}
