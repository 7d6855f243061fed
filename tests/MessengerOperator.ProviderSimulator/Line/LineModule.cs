using System.Globalization;
using System.Text.Json.Nodes;
using MessengerOperator.ProviderSimulator.Accounts;
using MessengerOperator.ProviderSimulator.Faults;

namespace MessengerOperator.ProviderSimulator.Line;

/// <summary>LINE's Messaging API and the OAuth endpoints beside it.</summary>
internal sealed class LineModule(SimulatorState state) : ProviderModule<LineCall>(state)
{
    public const string ProviderName = "Line";
    private const string Bearer = "Bearer ";
    private const long FirstBot = 0x1234_5678;
    private const long FirstChannel = 1_650_000_001;
    private static readonly string[] Prefixes = ["/v2/bot/", "/v2/oauth/", "/oauth2/v2.1/", "/oauth2/v3/"];

    public override string Name => ProviderName;

    public override IReadOnlyDictionary<string, Fault> FaultPresets => LineFaults.Presets;

    private IEnumerable<LineAccount> Channels => State.Accounts.All.OfType<LineAccount>();

    public override bool Owns(PathString path) => Prefixes.Any(prefix => path.Value?.StartsWith(prefix, StringComparison.Ordinal) == true);

    public override SimulatedAccount CreateAccount(AccountRequest request)
    {
        var id = request.Id ?? FreeId();
        if (!LineIds.IsUser(id))
        {
            throw new FormatException("A LINE account's id is the bot's user id: U and 32 hex digits.");
        }

        if (request.Username is { } username && !username.StartsWith('@'))
        {
            throw new FormatException("A LINE account's username is its basic id, which begins with @.");
        }

        return request.Token is { } token && Channels.Any(channel => channel.Tokens.Accepts(token))
            ? throw new FormatException("Another channel has this token.")
            : new LineAccount(id, FreeChannelId(), request, State);
    }

    protected override async ValueTask<LineCall> IdentifyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var operation = LineOperations.Of(request);
        if (operation is not null && LineOperations.IsOAuth(operation))
        {
            var parameters = await ParametersAsync(request, cancellationToken);
            return new LineCall(operation, ChannelOf(parameters), parameters);
        }

        return new LineCall(operation ?? request.Path.Value!, BearerOf(request) is { } token ? Owner(token) : null, new Dictionary<string, string>());
    }

    protected override Task<IProviderAnswer> AnswerAsync(HttpRequest request, LineCall call, CancellationToken cancellationToken) =>
        LineOperations.IsOAuth(call.Method) ? Task.FromResult<IProviderAnswer>(AnswerOAuth(call)) : AnswerMessagingAsync(request, call, cancellationToken);

    protected override IProviderAnswer Refusal(Fault fault)
    {
        var status = FaultAnswer.StatusOf(fault);
        return fault.Code is { } code
            ? LineAnswers.OAuthError(status, code, fault.Description)
            : LineAnswers.Error(status, fault.Description ?? LineAnswers.UsualMessage(status));
    }

    protected override void AddHeaders(HttpResponse response, LineCall call) => response.Headers["x-line-request-id"] = Guid.NewGuid().ToString();

    private static async Task<IProviderAnswer> AnswerMessagingAsync(HttpRequest request, LineCall call, CancellationToken cancellationToken)
    {
        if (call.Channel is not { } account)
        {
            return LineAnswers.Error(StatusCodes.Status401Unauthorized, LineAnswers.NotAuthenticated);
        }

        if (!account.RateLimits.TryTake(call.Method))
        {
            return LineAnswers.Error(StatusCodes.Status429TooManyRequests, LineAnswers.RateLimited);
        }

        var (body, refusal) = await LineRequestBody.ReadAsync(request, cancellationToken);
        return refusal ?? call.Method switch
        {
            LineOperations.GetBotInfo => LineAnswers.Ok(Info(account)),
            LineOperations.GetEndpoint => account.Endpoint.Show(),
            LineOperations.SetEndpoint => await account.Endpoint.SetAsync(body ?? [], cancellationToken),
            LineOperations.TestEndpoint => await account.Endpoint.TestAsync(body, cancellationToken),
            LineOperations.Reply => account.Messages.Reply(request, body ?? []),
            LineOperations.Push => account.Messages.Push(request, body ?? []),
            _ => LineAnswers.Error(StatusCodes.Status404NotFound, LineAnswers.NotFound),
        };
    }

    private static JsonAnswer AnswerOAuth(LineCall call) => call.Method switch
    {
        LineOperations.VerifyToken => Verify(call, LineTokenKind.LongLived, LineTokenKind.ShortLived),
        LineOperations.VerifyJwt => Verify(call, LineTokenKind.V21, LineTokenKind.V21),
        _ => IssueStateless(call),
    };

    private static JsonAnswer Verify(LineCall call, LineTokenKind one, LineTokenKind other)
    {
        if (!call.Form.TryGetValue("access_token", out var token))
        {
            return LineAnswers.OAuthError(StatusCodes.Status400BadRequest, "invalid_request", "some parameters missed or invalid");
        }

        return call.Channel is { } account && account.Token == token && (account.Tokens.Kind == one || account.Tokens.Kind == other)
            ? LineAnswers.Ok(new JsonObject { ["client_id"] = account.Settings[LineSettings.ChannelId], ["expires_in"] = account.Tokens.SecondsLeft(), ["scope"] = "P CM" })
            : LineAnswers.OAuthError(StatusCodes.Status400BadRequest, "invalid_request", "access token expired");
    }

    private static JsonAnswer IssueStateless(LineCall call)
    {
        if (!call.Form.TryGetValue("grant_type", out var grant) || !call.Form.ContainsKey("client_id") || !call.Form.TryGetValue("client_secret", out var secret))
        {
            return LineAnswers.OAuthError(StatusCodes.Status400BadRequest, "invalid_request", "some parameters missed or invalid");
        }

        if (grant != "client_credentials")
        {
            return LineAnswers.OAuthError(StatusCodes.Status400BadRequest, "unsupported_grant_type", description: null);
        }

        return call.Channel is { } account && account.Settings[LineSettings.ChannelSecret] == secret
            ? LineAnswers.Ok(new JsonObject { ["token_type"] = "Bearer", ["access_token"] = account.Tokens.IssueStateless(), ["expires_in"] = LineTokens.StatelessSeconds - 1 })
            : LineAnswers.OAuthError(StatusCodes.Status400BadRequest, "invalid_client", "invalid client credentials");
    }

    private static JsonObject Info(LineAccount account)
    {
        var info = new JsonObject { ["userId"] = account.Id, ["basicId"] = account.Username };
        if (account.Settings[LineSettings.PremiumId] is { Length: > 0 } premiumId)
        {
            info["premiumId"] = premiumId;
        }

        info["displayName"] = account.FirstName;
        info["chatMode"] = account.Settings[LineSettings.ChatMode];
        info["markAsReadMode"] = account.Settings[LineSettings.ChatMode] == "bot" ? "auto" : "manual";
        return info;
    }

    private static string? BearerOf(HttpRequest request) =>
        request.Headers.Authorization is [{ } header] && header.StartsWith(Bearer, StringComparison.Ordinal) ? header[Bearer.Length..] : null;

    private static async Task<IReadOnlyDictionary<string, string>> ParametersAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (HttpMethods.IsGet(request.Method))
        {
            return request.Query.ToDictionary(parameter => parameter.Key, parameter => parameter.Value.ToString(), StringComparer.Ordinal);
        }

        return request.HasFormContentType
            ? (await request.ReadFormAsync(cancellationToken)).ToDictionary(parameter => parameter.Key, parameter => parameter.Value.ToString(), StringComparer.Ordinal)
            : [];
    }

    private LineAccount? ChannelOf(IReadOnlyDictionary<string, string> parameters) => parameters switch
    {
        _ when parameters.TryGetValue("access_token", out var token) => Owner(token),
        _ when parameters.TryGetValue("client_id", out var id) => Channels.FirstOrDefault(channel => channel.Settings[LineSettings.ChannelId] == id),
        _ => null,
    };

    private LineAccount? Owner(string token) => Channels.FirstOrDefault(channel => channel.Tokens.Accepts(token));

    private string FreeId()
    {
        var number = FirstBot;
        while (State.Accounts.Find(LineIds.User(number)) is not null)
        {
            number++;
        }

        return LineIds.User(number);
    }

    private string FreeChannelId()
    {
        var taken = Channels.Select(channel => channel.Settings[LineSettings.ChannelId]).ToHashSet(StringComparer.Ordinal);
        var number = FirstChannel;
        while (taken.Contains(number.ToString(CultureInfo.InvariantCulture)))
        {
            number++;
        }

        return number.ToString(CultureInfo.InvariantCulture);
    }
}
