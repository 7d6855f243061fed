using System.Net;
using System.Net.Http.Headers;
using MessengerOperator.Receiver.Configuration;
using MessengerOperator.Receiver.Intake;
using MessengerOperator.Receiver.Telemetry;

namespace MessengerOperator.Receiver.Sinks;

/// <summary>CloudEvents over HTTP in binary content mode: attributes are <c>ce-</c> headers, the body is the data.</summary>
internal sealed class HttpEventSink(
    Uri url,
    IReadOnlyList<KeyValuePair<string, string>> headers,
    SinkConnection connection,
    ReceiverOptions options,
    ReceiverMetrics metrics,
    TimeProvider time) : IEventSink
{
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromMinutes(5);
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    public string Destination { get; } = url.AbsoluteUri;

    public async Task<SinkResult> DeliverAsync(CloudEvent cloudEvent)
    {
        var started = time.GetTimestamp();
        var result = await TryDeliverAsync(cloudEvent);
        metrics.SinkAttempted(result.Outcome, time.GetElapsedTime(started));
        return result;
    }

    private async Task<SinkResult> TryDeliverAsync(CloudEvent cloudEvent)
    {
        using var timeout = new CancellationTokenSource(options.SinkTimeout, time);
        try
        {
            using var lease = await connection.Limiter.AcquireAsync(1, timeout.Token);
            if (!lease.IsAcquired)
            {
                return new(SinkOutcome.Overloaded);
            }

            using var request = CreateRequest(cloudEvent);
            using var response = await connection.Invoker.SendAsync(request, timeout.Token);
            return Classify(response);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            return new(SinkOutcome.TimedOut);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            return new(SinkOutcome.Unreachable);
        }
    }

    private HttpRequestMessage CreateRequest(CloudEvent cloudEvent)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ReadOnlyMemoryContent(cloudEvent.Data) };
        request.Content.Headers.ContentType = Json;
        cloudEvent.WriteAttributes(request.Headers);
        foreach (var (name, value) in headers)
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
            { Date: { } date } => date - time.GetUtcNow(),
            _ => TimeSpan.Zero,
        };
        return after <= TimeSpan.Zero ? null : after < LongestRetryAfter ? after : LongestRetryAfter;
    }
}
