using System.Diagnostics;
using MessengerOperator.Providers.Webhooks;
using MessengerOperator.Receiver.Intake;
using MessengerOperator.Receiver.Sinks;

namespace MessengerOperator.Receiver.Telemetry;

/// <summary>
/// Spans of the two halves of an event's way: its request, and each try to deliver it, however much later. What ties them together is the event's
/// <c>traceparent</c>, which the sink gets as well. Attributes are closed sets and providers' names: never a path, an id or anything of a customer's.
/// </summary>
internal static class ReceiverTracing
{
    /// <summary>Name of the source.</summary>
    public const string SourceName = "MessengerOperator.Receiver";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Begins the span of a request for one of the paths that are served; null when nobody collects them or it is not sampled.</summary>
    /// <param name="provider">The provider's name.</param>
    /// <param name="traceParent">The valid <c>traceparent</c> that it came with.</param>
    public static Activity? Receive(string provider, string? traceParent)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        var span = Source.StartActivity("receive webhook", ActivityKind.Server, traceParent);
        span?.SetTag("messenger.provider", provider);
        return span;
    }

    /// <summary>Ends the span of a request.</summary>
    public static void Answered(Activity? span, RequestResult result)
    {
        if (span is null)
        {
            return;
        }

        span.SetTag("messenger.result", MetricNames.Of(result));
        if (result is RequestResult.NotReady or RequestResult.NotTaken or RequestResult.Failed)
        {
            span.SetStatus(ActivityStatusCode.Error);
        }

        span.Dispose();
    }

    /// <summary>Begins the span of one try to deliver an event.</summary>
    public static Activity? Deliver(CloudEvent cloudEvent)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        var span = Source.StartActivity("deliver event", ActivityKind.Producer, cloudEvent.TraceParent);
        span?.SetTag("messenger.provider", cloudEvent.Provider).SetTag("cloudevents.event_type", EventTypes.CloudEventsType(cloudEvent.Kind));
        return span;
    }

    /// <summary>Ends the span of a try.</summary>
    public static void Delivered(Activity? span, SinkResult result)
    {
        if (span is null)
        {
            return;
        }

        span.SetTag("messenger.result", MetricNames.Of(result.Outcome));
        if (result.StatusCode is { } status)
        {
            span.SetTag("http.response.status_code", status);
        }

        if (result.Outcome != SinkOutcome.Taken)
        {
            span.SetStatus(ActivityStatusCode.Error);
        }

        span.Dispose();
    }
}
