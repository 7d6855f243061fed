using System.Net;
using System.Text;

namespace MessengerOperator.Runtime.Tests.Informers;

/// <summary>Answers requests from a script, for what a real API server does rarely: broken streams and errors at the wrong moment.</summary>
internal sealed class ScriptedApi : DelegatingHandler
{
    private readonly Queue<Func<HttpRequestMessage, HttpResponseMessage>> _answers = new();
    private readonly List<string> _requests = [];

    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (_answers)
            {
                return [.. _requests];
            }
        }
    }

    public ScriptedApi List(string version, string? continueToken, params string[] items) => Answer(
        HttpStatusCode.OK, $$"""{"metadata":{"resourceVersion":"{{version}}"{{(continueToken is null ? "" : $",\"continue\":\"{continueToken}\"")}}},"items":[{{string.Join(',', items)}}]}""");

    public ScriptedApi Watch(params string[] lines) => Answer(HttpStatusCode.OK, string.Concat(lines.Select(line => line + "\n")));

    public ScriptedApi Answer(HttpStatusCode code, string body)
    {
        _answers.Enqueue(_ => new HttpResponseMessage(code) { Content = new StringContent(body, Encoding.UTF8, "application/json") });
        return this;
    }

    public ScriptedApi Throw(Exception exception)
    {
        _answers.Enqueue(_ => throw exception);
        return this;
    }

    public static string Map(string name, string version, string uid = "u") =>
        $$$"""{"metadata":{"namespace":"ns","name":"{{{name}}}","uid":"{{{uid}}}-{{{name}}}","resourceVersion":"{{{version}}}"}}""";

    public static string Event(string type, string entity) => $$"""{"type":"{{type}}","object":{{entity}}}""";

    public static string Bookmark(string version) => Event("BOOKMARK", $$$"""{"metadata":{"resourceVersion":"{{{version}}}"}}""");

    public static string Error(int code) => Event("ERROR", $$"""{"kind":"Status","code":{{code}},"message":"too old","reason":"Expired"}""");

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Func<HttpRequestMessage, HttpResponseMessage>? answer;
        lock (_answers)
        {
            _requests.Add(Uri.UnescapeDataString(request.RequestUri!.PathAndQuery));
            _answers.TryDequeue(out answer);
        }

        if (answer is null)
        {
            // The script is over: an open watch that says nothing.
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }

        return answer!(request);
    }
}
