using System.Net.Http.Headers;
using MessengerOperator.Providers.Accounts;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MessengerOperator.Providers.Http;

/// <summary>The only way from the operator to a provider.</summary>
/// <remarks>
/// It charges the budget, bounds time and size, and turns every network failure into <see cref="ProviderFailure.Unavailable"/>. It does not retry: the
/// workqueue does. Addresses are never logged, since Telegram's hold the token.
/// </remarks>
public sealed partial class ProviderHttp(
    HttpClient client,
    CallBudget budget,
    ProviderMetrics metrics,
    IOptions<ProviderHttpOptions> options,
    TimeProvider time,
    ILogger<ProviderHttp> logger)
{
    /// <summary>The longest answer that is read; a longer one is not the provider's.</summary>
    public const int MaxBodyBytes = 1 << 20;

    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    /// <summary>The clock, for answers that give a duration.</summary>
    public TimeProvider Time => time;

    /// <summary>The configured base address of that name, or the public one.</summary>
    public Uri BaseAddress(string name, Uri publicAddress) => options.Value.BaseAddresses.GetValueOrDefault(name) ?? publicAddress;

    /// <summary>Makes one call and reads its answer with <paramref name="read"/>, which must not throw on any body.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<ProviderResult<T>> SendAsync<T>(
        ProviderCall call, HttpRequestMessage request, Func<ProviderAnswer, ProviderResult<T>> read, CancellationToken cancellationToken)
        where T : notnull
    {
        TimeSpan wait;
        while ((wait = budget.TryTake(call, out var isShared)) > TimeSpan.Zero)
        {
            if (!isShared)
            {
                return new ProviderFailure.Throttled(wait, "the operator's own call budget for this account is used up");
            }

            // Many accounts at once, as after a restart. Their turn comes within seconds, so nobody needs to hear of it.
            await Task.Delay(wait, time, cancellationToken);
        }

        var started = time.GetTimestamp();
        string? requestId = null;
        var result = await CallAsync(
            request,
            answer =>
            {
                requestId = call.RequestIdHeader is { } header ? answer.Header(header) : null;
                return read(answer);
            },
            cancellationToken);
        var took = time.GetElapsedTime(started);

        if (result.Failure is ProviderFailure.Throttled throttled)
        {
            budget.Pause(call, throttled.After);
        }

        metrics.Called(call, result.Failure, took);
        LogCalled(logger, call.Provider, call.Operation, ProviderMetrics.ResultName(result.Failure), took.TotalMilliseconds);
        if (result.Failure is { } failure && (requestId ?? failure.RequestId) is { } id)
        {
            // What the provider's support asks for first. Not in the Event: a text that changes each time would make a new one each time.
            LogRequestId(logger, call.Provider, call.Operation, ProviderMetrics.ResultName(failure), ProviderText.Token(id));
        }

        return result;
    }

    private async Task<ProviderResult<T>> CallAsync<T>(
        HttpRequestMessage request, Func<ProviderAnswer, ProviderResult<T>> read, CancellationToken cancellationToken)
        where T : notnull
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(options.Value.TimeoutSeconds), time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token);
            var body = await ReadBoundedAsync(response.Content, both.Token);
            return body is null
                ? new ProviderFailure.Unavailable($"HTTP {(int)response.StatusCode} with an answer of more than {MaxBodyBytes} bytes")
                : read(new ProviderAnswer((int)response.StatusCode, body.Value, RetryAfter(response.Headers.RetryAfter), response.Headers));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ProviderFailure.Unavailable($"no answer within {options.Value.TimeoutSeconds} s");
        }
        catch (HttpRequestException exception)
        {
            // The exception's text may hold the address; its kind never does.
            return new ProviderFailure.Unavailable($"the connection failed ({exception.HttpRequestError})");
        }
        catch (IOException)
        {
            return new ProviderFailure.Unavailable("the connection broke while the answer was read");
        }
    }

    private static async Task<ReadOnlyMemory<byte>?> ReadBoundedAsync(HttpContent content, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        using var body = new MemoryStream();
        var chunk = new byte[16 * 1024];
        int read;
        while ((read = await stream.ReadAsync(chunk, cancellationToken)) > 0)
        {
            if (body.Length + read > MaxBodyBytes)
            {
                return null;
            }

            body.Write(chunk, 0, read);
        }

        return body.ToArray();
    }

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header)
    {
        var after = header?.Delta ?? (header?.Date - time.GetUtcNow());
        return after is { } value ? Clamp(value) : null;
    }

    /// <summary>A pause as a provider asked for it, kept between one second and one hour.</summary>
    public static TimeSpan Clamp(TimeSpan pause) => pause < TimeSpan.FromSeconds(1) ? TimeSpan.FromSeconds(1) : pause > LongestPause ? LongestPause : pause;

    [LoggerMessage(EventId = 2001, EventName = "ProviderCalled", Level = LogLevel.Debug, Message = "{Provider} {Operation}: {Result} in {Milliseconds:0} ms")]
    private static partial void LogCalled(ILogger logger, string provider, string operation, string result, double milliseconds);

    [LoggerMessage(EventId = 2002, EventName = "ProviderCallFailed", Level = LogLevel.Information, Message = "{Provider} {Operation}: {Result}; the provider's id of the request is {RequestId}")]
    private static partial void LogRequestId(ILogger logger, string provider, string operation, string result, string requestId);
}
