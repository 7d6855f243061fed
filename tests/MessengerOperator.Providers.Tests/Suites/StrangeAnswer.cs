using System.Text;

namespace MessengerOperator.Providers.Tests.Suites;

/// <summary>An answer that no provider gives to a request in order.</summary>
internal sealed record StrangeAnswer(string Name, StrangeAnswerKind Kind, int Status = 200, string MediaType = "application/json")
{
    private const string Page = "<!DOCTYPE html><html><body>Sign in to the guest network</body></html>";

    /// <summary>Those that say nothing about the account: only <see cref="Accounts.ProviderFailure.Unavailable"/> is right.</summary>
    public static IReadOnlyList<StrangeAnswer> Meaningless { get; } =
    [
        new("a page with 200", StrangeAnswerKind.Body, 200, "text/html") { Body = Encoding.UTF8.GetBytes(Page) },
        new("a page with 500", StrangeAnswerKind.Body, 500, "text/html") { Body = Encoding.UTF8.GetBytes(Page) },
        new("a page with 502", StrangeAnswerKind.Body, 502, "text/html") { Body = Encoding.UTF8.GetBytes(Page) },
        new("503 without body", StrangeAnswerKind.Body, 503),
        new("504 with an object", StrangeAnswerKind.Body, 504) { Body = "{}"u8.ToArray() },
        new("garbage", StrangeAnswerKind.Body) { Body = [0x00, 0xFF, 0xC3, 0x28, 0x7B] },
        new("a cut body", StrangeAnswerKind.Body) { Body = "{\"id\":\"1\",\"ok\":tr"u8.ToArray() },
        new("a text", StrangeAnswerKind.Body) { Body = "\"ok\""u8.ToArray() },
        new("a body beyond all measure", StrangeAnswerKind.Body) { Body = Encoding.UTF8.GetBytes($"{{\"a\":\"{new string('x', 1 << 20)}\"}}") },
        new("a closed connection", StrangeAnswerKind.Reset),
        new("silence", StrangeAnswerKind.Silence),
    ];

    /// <summary>Those of which a provider may make more, but never a success of the test.</summary>
    public static IReadOnlyList<StrangeAnswer> Doubtful { get; } =
    [
        new("nothing with 200", StrangeAnswerKind.Body),
        new("null", StrangeAnswerKind.Body) { Body = "null"u8.ToArray() },
        new("an array", StrangeAnswerKind.Body) { Body = "[]"u8.ToArray() },
        new("an empty object", StrangeAnswerKind.Body) { Body = "{}"u8.ToArray() },
        new("half a surrogate pair", StrangeAnswerKind.Body, 400) { Body = "{\"message\":\"\\ud83d\",\"error\":{\"message\":\"\\ud83d\"},\"description\":\"\\ud83d\",\"status_message\":\"\\ud83d\",\"status\":3,\"ok\":false,\"error_code\":400}"u8.ToArray() },
        new("other types", StrangeAnswerKind.Body) { Body = "{\"ok\":\"yes\",\"status\":\"0\",\"id\":{},\"data\":1,\"error\":[],\"userId\":7,\"result\":[]}"u8.ToArray() },
        new("a redirection", StrangeAnswerKind.Body, 302),
        new("401 with a page", StrangeAnswerKind.Body, 401, "text/html") { Body = Encoding.UTF8.GetBytes(Page) },
        new("401 without body", StrangeAnswerKind.Body, 401),
        new("403 with an object", StrangeAnswerKind.Body, 403) { Body = "{}"u8.ToArray() },
        new("407 of a proxy", StrangeAnswerKind.Body, 407, "text/html") { Body = Encoding.UTF8.GetBytes(Page) },
        new("404 with a page", StrangeAnswerKind.Body, 404, "text/html") { Body = Encoding.UTF8.GetBytes(Page) },
        new("429 without body", StrangeAnswerKind.Body, 429),
    ];

    /// <summary>Errors that repeat all that was sent.</summary>
    public static IReadOnlyList<StrangeAnswer> Echoes { get; } =
    [
        new("200", StrangeAnswerKind.Echo),
        new("400", StrangeAnswerKind.Echo, 400),
        new("401", StrangeAnswerKind.Echo, 401),
        new("403", StrangeAnswerKind.Echo, 403),
        new("422", StrangeAnswerKind.Echo, 422),
        new("500", StrangeAnswerKind.Echo, 500),
    ];

    public byte[] Body { get; init; } = [];
}

/// <summary>What an <see cref="AnsweringServer"/> does.</summary>
internal enum StrangeAnswerKind
{
    /// <summary>Sends <see cref="StrangeAnswer.Body"/>.</summary>
    Body,

    /// <summary>Sends back what it got.</summary>
    Echo,

    /// <summary>Closes the connection.</summary>
    Reset,

    /// <summary>Says nothing for as long as the client waits.</summary>
    Silence,
}
