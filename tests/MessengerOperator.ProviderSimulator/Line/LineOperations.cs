namespace MessengerOperator.ProviderSimulator.Line;

/// <summary>The operations that exist here, under their names in LINE's OpenAPI files; faults and counts go by them.</summary>
internal static class LineOperations
{
    public const string GetBotInfo = "getBotInfo";
    public const string GetEndpoint = "getWebhookEndpoint";
    public const string SetEndpoint = "setWebhookEndpoint";
    public const string TestEndpoint = "testWebhookEndpoint";
    public const string Reply = "replyMessage";
    public const string Push = "pushMessage";
    public const string VerifyToken = "verifyChannelToken";
    public const string VerifyJwt = "verifyChannelTokenByJWT";
    public const string IssueStateless = "issueStatelessChannelToken";

    private static readonly Dictionary<(string Method, string Path), string> All = new()
    {
        [(HttpMethods.Get, "/v2/bot/info")] = GetBotInfo,
        [(HttpMethods.Get, "/v2/bot/channel/webhook/endpoint")] = GetEndpoint,
        [(HttpMethods.Put, "/v2/bot/channel/webhook/endpoint")] = SetEndpoint,
        [(HttpMethods.Post, "/v2/bot/channel/webhook/test")] = TestEndpoint,
        [(HttpMethods.Post, "/v2/bot/message/reply")] = Reply,
        [(HttpMethods.Post, "/v2/bot/message/push")] = Push,
        [(HttpMethods.Post, "/v2/oauth/verify")] = VerifyToken,
        [(HttpMethods.Get, "/oauth2/v2.1/verify")] = VerifyJwt,
        [(HttpMethods.Post, "/oauth2/v3/token")] = IssueStateless,
    };

    /// <summary>The operation of a request; null when there is none.</summary>
    public static string? Of(HttpRequest request) => All.GetValueOrDefault((request.Method.ToUpperInvariant(), request.Path.Value ?? string.Empty));

    /// <summary>Whether it is one of those with OAuth's parameters and errors.</summary>
    public static bool IsOAuth(string operation) => operation is VerifyToken or VerifyJwt or IssueStateless;
}
