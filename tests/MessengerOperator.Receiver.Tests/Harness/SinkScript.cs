using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;

namespace MessengerOperator.Receiver.Tests.Harness;

/// <summary>A sink's behaviour that remembers what it was asked, and answers by event.</summary>
internal sealed class SinkScript(TestSink sink)
{
    private readonly ConcurrentQueue<Ask> _asked = new();
    private volatile Func<Ask, (int Status, int? RetryAfter)> _answers = static _ => (StatusCodes.Status202Accepted, null);

    /// <summary>Every delivery that was tried, in order.</summary>
    public IReadOnlyCollection<Ask> Asked => _asked;

    /// <summary>The ids that the sink took, in order.</summary>
    public IReadOnlyList<int> Taken => [.. sink.Taken.Select(Id)];

    /// <summary>Begins to decide.</summary>
    public static SinkScript For(TestSink sink)
    {
        var script = new SinkScript(sink);
        sink.Behaviour = script.AnswerAsync;
        return script;
    }

    /// <summary>From now on this is answered.</summary>
    public void Answer(Func<Ask, (int Status, int? RetryAfter)> answers) => _answers = answers;

    /// <summary>From now on this is answered, to everything.</summary>
    public void Answer(int status, int? retryAfter = null) => _answers = _ => (status, retryAfter);

    /// <summary>The ids that the sink took of each conversation, in order.</summary>
    public IReadOnlyDictionary<string, int[]> TakenByConversation() =>
        sink.Taken.GroupBy(taken => taken.Headers["ce-subject"]).ToDictionary(conversation => conversation.Key, conversation => conversation.Select(Id).ToArray());

    private static int Id(SinkRequest request) => IdOf(request.Headers["ce-id"]);

    private static int IdOf(string id) => int.Parse(id.AsSpan(id.LastIndexOf('-') + 1), System.Globalization.CultureInfo.InvariantCulture);

    private Task AnswerAsync(HttpContext context)
    {
        var id = IdOf(context.Request.Headers["ce-id"].ToString());
        var ask = new Ask(id, context.Request.Headers["ce-subject"].ToString(), _asked.Count(earlier => earlier.Id == id) + 1);
        _asked.Enqueue(ask);
        var (status, retryAfter) = _answers(ask);
        return TestSink.Answer(status, retryAfter is { } seconds ? [("Retry-After", $"{seconds}")] : [])(context);
    }
}

/// <summary>A delivery that was tried.</summary>
/// <param name="Id">The update's id.</param>
/// <param name="Conversation">The conversation.</param>
/// <param name="Attempt">Which attempt at this event it is, from 1.</param>
internal readonly record struct Ask(int Id, string Conversation, int Attempt);
