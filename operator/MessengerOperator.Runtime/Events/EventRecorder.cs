using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using k8s;
using k8s.Autorest;
using k8s.Models;
using MessengerOperator.Runtime.Client;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MessengerOperator.Runtime.Events;

/// <summary>Writes events in the background.</summary>
/// <remarks>
/// core/v1 events with a count, as client-go's recorder writes them: <c>kubectl describe</c> of every version shows their age and count, while it shows
/// the age of an events.k8s.io/v1 event as unknown (seen with 1.20). Losing an event is acceptable, holding up a pass is not.
/// </remarks>
internal sealed class EventRecorder : IHostedService, IDisposable
{
    private const int QueueLength = 1000;
    private const int NameLength = 230;
    private static readonly TimeSpan FlushTimeout = TimeSpan.FromSeconds(3);

    private readonly ResourceClient _client;
    private readonly EventCorrelator _correlator;
    private readonly EventMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly string _component;
    private readonly ILogger<EventRecorder> _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Channel<PendingEvent> _queue = Channel.CreateBounded<PendingEvent>(new BoundedChannelOptions(QueueLength) { SingleReader = true });
    private Task _writing = Task.CompletedTask;
    private long _sequence;

    public EventRecorder(ResourceClient client, EventMetrics metrics, TimeProvider time, IOptions<OperatorOptions> options, ILogger<EventRecorder> logger)
    {
        _client = client;
        _metrics = metrics;
        _time = time;
        _component = options.Value.Name;
        _logger = logger;
        _correlator = new EventCorrelator(time);
    }

    /// <inheritdoc cref="EventPublisher"/>
    public void Publish(IKubernetesObject<V1ObjectMeta> entity, string reason, string message, EventType type)
    {
        var pending = new PendingEvent(
            new V1ObjectReference
            {
                ApiVersion = entity.ApiVersion,
                Kind = entity.Kind,
                Name = entity.Metadata.Name,
                NamespaceProperty = entity.Metadata.NamespaceProperty,
                Uid = entity.Metadata.Uid,
                ResourceVersion = entity.Metadata.ResourceVersion,
            },
            type, reason, EventText.Fit(message), _time.GetUtcNow().UtcDateTime);
        if (!_queue.Writer.TryWrite(pending))
        {
            _metrics.Dropped("queue_full");
        }
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _writing = Task.Run(() => WriteAllAsync(_stopping.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _queue.Writer.TryComplete();
        try
        {
            await _writing.WaitAsync(FlushTimeout, _time, cancellationToken);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            await _stopping.CancelAsync();
        }
    }

    public void Dispose() => _stopping.Dispose();

    private async Task WriteAllAsync(CancellationToken cancellationToken)
    {
        await foreach (var pending in _queue.Reader.ReadAllAsync(cancellationToken))
        {
            try
            {
                await WriteAsync(pending, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                _metrics.Dropped("error");
                EventLog.NotWritten(_logger, pending.Reason, pending.Regarding.Kind, pending.Regarding.NamespaceProperty, pending.Regarding.Name, exception);
            }
        }
    }

    private async Task WriteAsync(PendingEvent pending, CancellationToken cancellationToken)
    {
        var series = _correlator.Correlate(pending);
        if (series is null)
        {
            _metrics.Dropped("rate_limited");
            return;
        }

        if (series.Name is not null && await TryCountAsync(series, pending, cancellationToken))
        {
            return;
        }

        var created = await _client.CreateAsync(NamespaceOf(pending), NewEvent(pending, series), cancellationToken);
        series.Written(created.Metadata.Name, 1);
        _metrics.Written(pending.Type);
    }

    private async Task<bool> TryCountAsync(EventSeries series, PendingEvent pending, CancellationToken cancellationToken)
    {
        var patch = new JsonObject
        {
            ["count"] = series.Count + 1,
            ["lastTimestamp"] = Timestamp(pending.At),
            ["message"] = series.MessageFor(pending),
        };
        try
        {
            await _client.PatchAsync<Corev1Event>(
                NamespaceOf(pending), series.Name!, subresource: null, patch.ToJsonString(), ResourceClient.MergePatch, string.Empty, cancellationToken);
        }
        catch (HttpOperationException exception) when (exception.StatusCode == HttpStatusCode.NotFound)
        {
            // Events live for an hour; a later one starts anew.
            return false;
        }

        series.Written(series.Name!, series.Count + 1);
        _metrics.Written(pending.Type);
        return true;
    }

    private Corev1Event NewEvent(PendingEvent pending, EventSeries series)
    {
        var baseName = pending.Regarding.Name.Length > NameLength ? pending.Regarding.Name[..NameLength].TrimEnd('.', '-') : pending.Regarding.Name;
        var unique = (pending.At.Ticks + Interlocked.Increment(ref _sequence)).ToString("x", CultureInfo.InvariantCulture);
        var at = pending.At.AddTicks(-(pending.At.Ticks % TimeSpan.TicksPerSecond));
        return new Corev1Event
        {
            ApiVersion = "v1",
            Kind = "Event",
            Metadata = new V1ObjectMeta { Name = $"{baseName}.{unique}", NamespaceProperty = NamespaceOf(pending) },
            InvolvedObject = pending.Regarding,
            Reason = pending.Reason,
            Message = series.MessageFor(pending),
            Type = pending.Type.ToString(),
            Count = 1,
            FirstTimestamp = at,
            LastTimestamp = at,
            Source = new V1EventSource { Component = _component },
            ReportingComponent = _component,
            ReportingInstance = Environment.MachineName,
        };
    }

    private static string NamespaceOf(PendingEvent pending) => pending.Regarding.NamespaceProperty ?? "default";

    private static string Timestamp(DateTime time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
