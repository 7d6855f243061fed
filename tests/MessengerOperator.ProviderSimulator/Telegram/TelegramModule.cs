using System.Globalization;
using MessengerOperator.ProviderSimulator.Accounts;
using MessengerOperator.ProviderSimulator.Faults;

namespace MessengerOperator.ProviderSimulator.Telegram;

/// <summary>The Bot API: <c>/bot{token}/{method}</c>.</summary>
internal sealed class TelegramModule(SimulatorState state) : IProviderModule
{
    public const string ProviderName = "Telegram";
    private const string Prefix = "/bot";
    private const long FirstBotId = 700_000_001;

    /// <summary>The methods that exist here, in the manual's spelling; the server reads them without regard to case.</summary>
    private static readonly string[] Methods = ["getMe", "setWebhook", "getWebhookInfo", "deleteWebhook", "getUpdates", "sendMessage"];

    public string Name => ProviderName;

    public IReadOnlyDictionary<string, Fault> FaultPresets => TelegramFaults.Presets;

    public bool Owns(PathString path) => path.Value?.StartsWith(Prefix, StringComparison.Ordinal) == true;

    public SimulatedAccount CreateAccount(AccountRequest request)
    {
        var botId = ReadBotId(request);
        var token = request.Token ?? TelegramToken.New(botId);
        if (!TelegramToken.TryGetBotId(token, out var tokenId) || tokenId != botId)
        {
            throw new FormatException("A Telegram token is BOT-ID:SECRET, at most 80 characters, and begins with the account's id.");
        }

        var username = request.Username ?? string.Create(CultureInfo.InvariantCulture, $"acme_{botId}_bot");
        return new TelegramAccount(new TelegramBot(botId, username, request.FirstName), token, request.LocalMode, state);
    }

    public async Task HandleAsync(HttpContext context)
    {
        var arrived = state.Time.Now;
        var segments = context.Request.Path.Value![Prefix.Length..].Split('/', 2);
        var (token, method) = (segments[0], segments.Length == 2 ? segments[1] : string.Empty);
        method = Methods.FirstOrDefault(known => string.Equals(known, method, StringComparison.OrdinalIgnoreCase)) ?? method;

        var account = FindAccount(token);
        var fault = state.Faults.Take(method) ?? account?.Faults.Take(method);
        if (fault is { DelayMilliseconds: > 0 })
        {
            await Task.Delay(TimeSpan.FromMilliseconds(fault.DelayMilliseconds), state.Time.Clock, context.RequestAborted);
        }

        var answer = fault switch
        {
            null or { Kind: FaultKind.Slow } => await CallAsync(context, account, token, method),
            { Kind: FaultKind.Error } => TelegramAnswer.Error(FaultAnswer.StatusOf(fault), fault.Description, fault.RetryAfterSeconds),
            _ => null,
        };

        // Recorded before the answer leaves, so that whoever has the answer finds the call.
        var call = new ProviderCall(arrived, account?.Id ?? Mask(token), method, answer?.Status ?? FaultAnswer.StatusOf(fault!), fault is not null);
        state.Calls.Add(call);
        account?.Calls.Add(call);
        await (answer?.WriteAsync(context) ?? FaultAnswer.WriteAsync(context, fault!));
    }

    private async Task<TelegramAnswer> CallAsync(HttpContext context, TelegramAccount? account, string token, string method)
    {
        if (!TelegramToken.TryGetBotId(token, out _))
        {
            return state.MalformedTokenStatus == StatusCodes.Status401Unauthorized
                ? TelegramAnswer.Error(StatusCodes.Status401Unauthorized, "Unauthorized: invalid token specified")
                : TelegramAnswer.Error(StatusCodes.Status404NotFound);
        }

        if (method.Length == 0)
        {
            return TelegramAnswer.Error(StatusCodes.Status404NotFound);
        }

        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsPost(context.Request.Method))
        {
            return TelegramAnswer.Error(StatusCodes.Status405MethodNotAllowed, "Method Not Allowed");
        }

        if (account is null)
        {
            return TelegramAnswer.Error(StatusCodes.Status401Unauthorized);
        }

        try
        {
            var arguments = await TelegramArguments.ReadAsync(context.Request);
            return await CallAsync(account, method, arguments, context.RequestAborted);
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
            "getWebhookInfo" => TelegramAnswer.Ok(account.Webhooks.Info(account.Queue.PendingCount)),
            "deleteWebhook" => account.Webhooks.Delete(arguments),
            "sendMessage" => account.Messages.Send(arguments),
            "getUpdates" when account.Webhooks.Current is not null => TelegramAnswer.Error(
                StatusCodes.Status409Conflict,
                "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"),
            "getUpdates" => TelegramAnswer.Ok(account.Queue.Poll(arguments)),
            _ => TelegramAnswer.Error(StatusCodes.Status404NotFound, "Not Found: method not found"),
        };

    private TelegramAccount? FindAccount(string token) =>
        TelegramToken.TryGetBotId(token, out var botId)
        && state.Accounts.Find(botId.ToString(CultureInfo.InvariantCulture)) is TelegramAccount account
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
        while (state.Accounts.Find(free.ToString(CultureInfo.InvariantCulture)) is not null)
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
