using MessengerOperator.Providers.Webhooks;
using MessengerOperator.Receiver.Configuration;
using MessengerOperator.Receiver.Telemetry;

namespace MessengerOperator.Receiver.Intake;

/// <summary>Handshake or verify, parse, choose the integration, hand over to the store.</summary>
internal sealed class WebhookIntake(IEventStore store, ReceiverMetrics metrics, TimeProvider time, ILogger<WebhookIntake> logger)
{
    /// <summary>Takes one request. Not bound to the client's connection: once a request is verified its events are worth delivering even if the client hangs up.</summary>
    public async Task<IntakeResult> TakeAsync(WebhookEndpoint endpoint, WebhookRequest request, string? traceParent)
    {
        if (endpoint.KeyGroups.Count == 0)
        {
            return new(RequestResult.NotReady);
        }

        var now = time.GetUtcNow();
        if (Handshake(endpoint, request, now) is { } answered)
        {
            return answered;
        }

        var verified = Verify(endpoint, request, now, out var verdict);
        if (verified.Count == 0)
        {
            return Refuse(endpoint, verdict, now);
        }

        var account = endpoint.Routes.Count == 1 ? endpoint.Routes[0].Account.Id : null;
        if (endpoint.Provider.Webhook.Parse(request, new(account, verified[0].Settings, now)) is not ParseResult.Events { Items: var events })
        {
            ReceiverLog.RequestMalformed(logger, endpoint.Provider.Name, verified[0].Integration);
            return new(RequestResult.Malformed);
        }

        if (events.Count == 0)
        {
            // LINE's and Viber's checks of the URL are signed requests that tell nothing else.
            NoteProof(verified, now);
        }

        return await StoreAsync(endpoint, verified, events, traceParent);
    }

    private static void NoteProof(IReadOnlyList<ServedRoute> routes, DateTimeOffset now)
    {
        foreach (var route in routes)
        {
            route.Statistics.HandshakeAnswered(now);
        }
    }

    // Whether it is a check of the URL shows in the request alone; which integration it is meant for, only in whose secret it knows.
    private IntakeResult? Handshake(WebhookEndpoint endpoint, in WebhookRequest request, DateTimeOffset now)
    {
        VerificationResult? refused = null;
        foreach (var group in endpoint.HandshakeGroups)
        {
            switch (endpoint.Provider.Webhook.Handshake(request, new(group.Keys, group.Routes[0].Settings, now)))
            {
                case HandshakeResult.None:
                    return null;
                case HandshakeResult.Answer answer:
                    if (!answer.IsUnsigned)
                    {
                        NoteProof(group.Routes, now);
                    }

                    return new(RequestResult.Handshake, Text: answer.Text);
                case HandshakeResult.Malformed:
                    return new(RequestResult.Malformed);
                case HandshakeResult.Refused { Reason: var reason }:
                    refused = reason;
                    break;
            }
        }

        return refused is { } verdict ? Refuse(endpoint, verdict, now) : null;
    }

    private static List<ServedRoute> Verify(WebhookEndpoint endpoint, in WebhookRequest request, DateTimeOffset now, out VerificationResult verdict)
    {
        var verified = new List<ServedRoute>(1);
        verdict = VerificationResult.WrongSignature;
        foreach (var group in endpoint.KeyGroups)
        {
            verdict = endpoint.Provider.Webhook.Verify(request, new(group.Keys, group.Routes[0].Settings, now));
            if (verdict == VerificationResult.Accepted)
            {
                verified.AddRange(group.Routes);
            }
        }

        return verified;
    }

    private IntakeResult Refuse(WebhookEndpoint endpoint, VerificationResult reason, DateTimeOffset now)
    {
        metrics.RequestRefused(endpoint.Provider.Name, reason);
        foreach (var route in endpoint.Routes)
        {
            route.Statistics.Refused(now);
            ReceiverLog.RequestRefused(logger, route.Integration, MetricNames.Of(reason));
        }

        return reason == VerificationResult.UnsignedByProvider ? new(RequestResult.NotReady) : new(RequestResult.Refused, reason);
    }

    private async Task<IntakeResult> StoreAsync(
        WebhookEndpoint endpoint, List<ServedRoute> verified, IReadOnlyList<MessengerEvent> events, string? traceParent)
    {
        var outgoing = new List<OutgoingEvent>(events.Count);
        foreach (var messengerEvent in events)
        {
            if (RouteOf(messengerEvent, verified) is { } route)
            {
                outgoing.Add(new(route, CloudEventFactory.Create(route, messengerEvent, traceParent)));
            }
            else
            {
                // The provider would repeat it for ever, and nobody here may read it.
                metrics.EventUnrouted(endpoint.Provider.Name);
                ReceiverLog.EventUnrouted(logger, endpoint.Provider.Name);
            }
        }

        var custody = outgoing.Count == 0 ? Custody.Safe : await store.TakeAsync(outgoing);
        return custody.IsSafe ? new(RequestResult.Accepted) : new(RequestResult.NotTaken, RetryAfter: custody.RetryAfter);
    }

    /// <summary>The integration whose keys verified the request and whose account the event names; null when there is none.</summary>
    private static ServedRoute? RouteOf(MessengerEvent messengerEvent, List<ServedRoute> verified) =>
        (messengerEvent.AccountId, verified) switch
        {
            (null, [var only]) => only,
            (_, [{ Account.Id: null } only]) => only,
            ({ } account, _) => verified.Find(route => route.Account.Id == account),
            _ => null,
        };
}
