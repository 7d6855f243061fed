using System.Globalization;
using System.Text;
using MessengerOperator.Providers.Webhooks;
using MessengerOperator.Receiver.Configuration;
using MessengerOperator.Receiver.Intake;
using MessengerOperator.Receiver.Lifecycle;
using MessengerOperator.Receiver.Telemetry;

namespace MessengerOperator.Receiver.Endpoints;

/// <summary>The traffic port: everything that a provider, a probe or a stranger sends.</summary>
/// <remarks>
/// Answers carry no body: Telegram executes one and Viber shows it to its user. The one exception is a provider's documented challenge.
/// Never 410, after which Telegram deletes a webhook, and never a redirect.
/// </remarks>
internal sealed class TrafficEndpoint(
    ServedRoutes routes, WebhookIntake intake, ReceiverOptions options, ReceiverState state, BodyBudget bodies, StrangersPace pace, ReceiverMetrics metrics, TimeProvider time, ILogger<TrafficEndpoint> logger)
{
    private const string Identity = "identity";
    private const string Chunked = "chunked";

    /// <summary>Answers one request.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var started = time.GetTimestamp();
        var endpoint = routes.Current.TryGet(context.Request.Path.Value ?? string.Empty, out var found) ? found : null;
        var traceParent = endpoint is null ? null : TraceParent.Valid(context.Request.Headers.TraceParent);
        var span = endpoint is null ? null : ReceiverTracing.Receive(endpoint.Provider.Name, traceParent);
        var result = await AnswerAsync(context, endpoint, span?.Id ?? traceParent);
        ReceiverTracing.Answered(span, result);
        metrics.RequestAnswered(endpoint?.Provider.Name, result, time.GetElapsedTime(started));
        if (!await pace.BeforeAnswerAsync(result, context))
        {
            context.Response.Headers.Connection = "close";
        }
    }

    private async ValueTask<RequestResult> AnswerAsync(HttpContext context, WebhookEndpoint? endpoint, string? traceParent)
    {
        if (state.IsDraining && HttpProtocol.IsHttp11(context.Request.Protocol))
        {
            // The client's next request should find another pod.
            context.Response.Headers.Connection = "close";
        }

        try
        {
            return endpoint is null ? Empty(context, StatusCodes.Status404NotFound, RequestResult.NotFound) : await ServeAsync(context, endpoint, traceParent);
        }
        catch (BadHttpRequestException exception)
        {
            return Empty(context, exception.StatusCode, exception.StatusCode switch
            {
                StatusCodes.Status413PayloadTooLarge => RequestResult.TooLarge,
                StatusCodes.Status408RequestTimeout => RequestResult.TooSlow,
                _ => RequestResult.BadRequest,
            });
        }
        catch (NoRoomForBodyException)
        {
            // What is left of it is not read.
            context.Response.Headers.Connection = "close";
            return Empty(context, StatusCodes.Status503ServiceUnavailable, RequestResult.NoRoom);
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            context.Response.Headers.Connection = "close";
            return Empty(context, StatusCodes.Status408RequestTimeout, RequestResult.TooSlow);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // Mostly nobody hears it any more. But a body in broken chunks ends here too, and an answer that nobody has set is 200.
            context.Response.Headers.Connection = "close";
            return Empty(context, StatusCodes.Status400BadRequest, RequestResult.Aborted);
        }
        catch (Exception exception)
        {
            ReceiverLog.RequestFailed(logger, exception);
            return Empty(context, StatusCodes.Status503ServiceUnavailable, RequestResult.Failed);
        }
    }

    private async ValueTask<RequestResult> ServeAsync(HttpContext context, WebhookEndpoint endpoint, string? traceParent)
    {
        var request = context.Request;
        if (HttpMethods.IsGet(request.Method) && ProbeResponder.Answer(request.Headers, endpoint) is { } answer)
        {
            context.Response.Headers[ReachabilityProbe.ResponseHeader] = answer;
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return RequestResult.Probe;
        }

        var webhook = endpoint.Provider.Webhook;
        if (!Lists(webhook.Methods, request.Method))
        {
            context.Response.Headers.Allow = endpoint.Allow;
            return Empty(context, StatusCodes.Status405MethodNotAllowed, RequestResult.MethodNotAllowed);
        }

        if (!HttpMethods.IsGet(request.Method) && !HasKnownMediaType(request, webhook))
        {
            // Its body is not read, and what follows it on the connection not looked at.
            context.Response.Headers.Connection = "close";
            return Empty(context, StatusCodes.Status415UnsupportedMediaType, RequestResult.UnsupportedMediaType);
        }

        using var body = await RequestBody.ReadAsync(request.BodyReader, bodies, options.BodyTimeout, time);
        var headers = new RequestHeaders(request.Headers);
        var connection = context.Features.Get<TrafficConnection>();
        connection?.Begin();
        var isGenuine = false;
        try
        {
            var result = await intake.TakeAsync(
                endpoint,
                new(request.Method, request.Path.Value!, request.QueryString.Value ?? string.Empty, headers, body.Bytes),
                traceParent);
            isGenuine = result.Result is RequestResult.Accepted or RequestResult.Handshake;
            return await AnswerAsync(context, result);
        }
        finally
        {
            connection?.End(time.GetTimestamp(), isGenuine);
        }
    }

    private static async ValueTask<RequestResult> AnswerAsync(HttpContext context, IntakeResult result)
    {
        if (result is { Result: RequestResult.Handshake, Text: { Length: > 0 } text })
        {
            context.Response.ContentType = "text/plain; charset=utf-8";
            context.Response.Headers.XContentTypeOptions = "nosniff";
            var challenge = Encoding.UTF8.GetBytes(text);
            context.Response.ContentLength = challenge.Length;
            await context.Response.Body.WriteAsync(challenge);
            return result.Result;
        }

        if (result.RetryAfter is { } after)
        {
            context.Response.Headers.RetryAfter = Math.Ceiling(after.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        return Empty(
            context,
            result.Result switch
            {
                RequestResult.Accepted or RequestResult.Handshake => StatusCodes.Status200OK,
                RequestResult.Refused when result.Refusal == VerificationResult.MissingSignature => StatusCodes.Status401Unauthorized,
                RequestResult.Refused => StatusCodes.Status403Forbidden,
                RequestResult.Malformed => StatusCodes.Status400BadRequest,
                _ => StatusCodes.Status503ServiceUnavailable,
            },
            result.Result);
    }

    private static bool HasKnownMediaType(HttpRequest request, IProviderWebhook webhook)
    {
        // A compressed body could be a bomb, and no provider sends one.
        if (request.Headers.ContentEncoding is { Count: > 0 } encoding && !encoding.All(value => string.Equals(value, Identity, StringComparison.OrdinalIgnoreCase)))
        {
            return false;
        }

        // The same in another place; the server undoes chunks and nothing else.
        if (request.Headers.TransferEncoding is { Count: > 0 } coding && !coding.All(value => string.Equals(value, Chunked, StringComparison.OrdinalIgnoreCase)))
        {
            return false;
        }

        var type = request.ContentType.AsSpan();
        var parameters = type.IndexOf(';');
        type = (parameters < 0 ? type : type[..parameters]).Trim();
        return Lists(webhook.MediaTypes, type, StringComparison.OrdinalIgnoreCase);
    }

    // Every request asks twice; going through the list by its interface would allocate each time.
    private static bool Lists(IReadOnlyList<string> list, ReadOnlySpan<char> value, StringComparison comparison = StringComparison.Ordinal)
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (value.Equals(list[i], comparison))
            {
                return true;
            }
        }

        return false;
    }

    private static RequestResult Empty(HttpContext context, int status, RequestResult result)
    {
        // A challenge whose client went away while it was being written.
        if (!context.Response.HasStarted)
        {
            context.Response.StatusCode = status;
            context.Response.ContentLength = 0;
        }

        return result;
    }
}
