using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MessengerOperator.ProviderSimulator.Accounts;
using MessengerOperator.ProviderSimulator.Faults;

namespace MessengerOperator.ProviderSimulator.Viber;

/// <summary>Viber's REST Bot API: <c>POST /pa/{method}</c>.</summary>
internal sealed class ViberModule(SimulatorState state) : ProviderModule<ViberCall>(state)
{
    public const string ProviderName = "Viber";
    private const string Prefix = "/pa/";
    private const string TokenHeader = "X-Viber-Auth-Token";
    private const long FirstAccount = 750_000_000_000_000_001;
    private const int MaxBodyBytes = 30 * 1024;

    public override string Name => ProviderName;

    public override IReadOnlyDictionary<string, Fault> FaultPresets => ViberFaults.Presets;

    private IEnumerable<ViberAccount> Bots => State.Accounts.All.OfType<ViberAccount>();

    public override bool Owns(PathString path) => path.Value?.StartsWith(Prefix, StringComparison.Ordinal) == true;

    public override SimulatedAccount CreateAccount(AccountRequest request)
    {
        var id = request.Id ?? FreeId();
        if (!ViberIds.IsAccount(id))
        {
            throw new FormatException("A Viber account's id is pa: and digits.");
        }

        var token = request.Token ?? ViberIds.NewAuthToken();
        return !ViberIds.IsAuthToken(token)
            ? throw new FormatException("A Viber token is three groups of up to 16 hexadecimal digits, joined by hyphens.")
            : Bots.Any(bot => bot.Token == token)
                ? throw new FormatException("Another bot has this token.")
                : new ViberAccount(id, token, request, State);
    }

    protected override async ValueTask<ViberCall> IdentifyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var body = await ReadAsync(request, cancellationToken);
        var token = request.Headers[TokenHeader].ToString() is { Length: > 0 } header ? header : (body?["auth_token"] as JsonValue)?.ToString();
        return new ViberCall(request.Path.Value![Prefix.Length..], token is null ? null : Bots.FirstOrDefault(bot => bot.Token == token), token is not null, body);
    }

    protected override async Task<IProviderAnswer> AnswerAsync(HttpRequest request, ViberCall call, CancellationToken cancellationToken)
    {
        if (!HttpMethods.IsPost(request.Method))
        {
            return new JsonAnswer(StatusCodes.Status405MethodNotAllowed);
        }

        return call switch
        {
            { HasToken: false } => ViberAnswers.Error(ViberStatus.InvalidAuthToken, "missing_auth_token"),
            { Bot: null } => ViberAnswers.Error(ViberStatus.InvalidAuthToken, "invalidAuthToken"),
            { Body: null } => ViberAnswers.Error(ViberStatus.BadData, "Failed to parse the request: not a JSON object"),
            { Bot: { IsBlocked: true } } => ViberAnswers.Error(ViberStatus.PublicAccountBlocked),
            { Bot: { IsSuspended: true } } => ViberAnswers.Error(ViberStatus.PublicAccountSuspended),
            { Method: "get_account_info", Bot: { } bot } => ViberAnswers.Ok(bot.Info()),
            { Method: "set_webhook", Bot: { } bot } => await bot.Webhooks.SetAsync(call.Body, cancellationToken),
            { Method: "send_message", Bot: { } bot } => bot.Messages.Send(call.Body),
            _ => new JsonAnswer(StatusCodes.Status404NotFound),
        };
    }

    protected override IProviderAnswer Refusal(Fault fault) =>
        fault.Code is { } code && int.TryParse(code, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var status)
            ? ViberAnswers.Error(status, fault.Description)
            : new JsonAnswer(FaultAnswer.StatusOf(fault), fault.Description is { } text ? new JsonObject { ["message"] = text } : null);

    private static async Task<JsonObject?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellationToken);
        if (body.Length > MaxBodyBytes)
        {
            return null;
        }

        try
        {
            body.Position = 0;
            return JsonNode.Parse(body) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private string FreeId()
    {
        var number = FirstAccount;
        while (State.Accounts.Find(ViberIds.Account(number)) is not null)
        {
            number++;
        }

        return ViberIds.Account(number);
    }
}
