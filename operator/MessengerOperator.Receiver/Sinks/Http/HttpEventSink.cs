using System.Net;
using System.Net.Http.Headers;
using MessengerOperator.Receiver.Intake;

namespace MessengerOperator.Receiver.Sinks.Http;

/// <summary>CloudEvents over HTTP (protocol binding 1.0): attributes as <c>ce-</c> headers and the data as the body, or both in one JSON document.</summary>
internal sealed class HttpEventSink : IEventSink
{
    private const string TraceParent = "traceparent";
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromMinutes(5);
    private static readonly MediaTypeHeaderValue Json = new(CloudEvent.DataContentType);
    private static readonly MediaTypeHeaderValue StructuredJson = new(StructuredEvent.ContentType, "utf-8");

    private readonly Uri _url;
    private readonly IReadOnlyList<KeyValuePair<string, string>> _headers;
    private readonly bool _structured;
    private readonly HttpConnection _connection;
    private readonly TimeProvider _time;
    private readonly Func<CloudEvent, CancellationToken, Task<SinkResult>> _send;

    /// <summary>A sink at an address.</summary>
    public HttpEventSink(Uri url, IReadOnlyList<KeyValuePair<string, string>> headers, bool structured, HttpConnection connection, TimeProvider time)
    {
        (_url, _headers, _structured, _connection, _time, _send) = (url, headers, structured, connection, time, SendAsync);
        Destination = url.AbsoluteUri;
    }

    public string Destination { get; }

    public Task<SinkResult> DeliverAsync(CloudEvent cloudEvent) => _connection.Gate.DeliverAsync(cloudEvent, _send);

    private async Task<SinkResult> SendAsync(CloudEvent cloudEvent, CancellationToken cancellationToken)
    {
        using var request = CreateRequest(cloudEvent);
        using var response = await _connection.Invoker.SendAsync(request, cancellationToken);
        return Classify(response);
    }

    private HttpRequestMessage CreateRequest(CloudEvent cloudEvent)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, _url);
        if (_structured)
        {
            request.Content = new ReadOnlyMemoryContent(StructuredEvent.ToUtf8(cloudEvent));
            request.Content.Headers.ContentType = StructuredJson;
        }
        else
        {
            request.Content = new ReadOnlyMemoryContent(cloudEvent.Data);
            request.Content.Headers.ContentType = Json;
            foreach (var (name, value) in cloudEvent.Attributes())
            {
                request.Headers.TryAddWithoutValidation("ce-" + name, CloudEventHeader.Encode(value));
            }
        }

        if (cloudEvent.TraceParent is { } traceParent)
        {
            request.Headers.TryAddWithoutValidation(TraceParent, traceParent);
        }

        foreach (var (name, value) in _headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    private SinkResult Classify(HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        return response.StatusCode switch
        {
            _ when response.IsSuccessStatusCode => new(SinkOutcome.Taken, status),
            HttpStatusCode.RequestTimeout or (HttpStatusCode)425 or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError =>
                new(SinkOutcome.Unavailable, status, RetryAfter(response)),
            _ => new(SinkOutcome.Refused, status),
        };
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        var after = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - _time.GetUtcNow(),
            _ => TimeSpan.Zero,
        };
        return after <= TimeSpan.Zero ? null : after < LongestRetryAfter ? after : LongestRetryAfter;
    }
}
