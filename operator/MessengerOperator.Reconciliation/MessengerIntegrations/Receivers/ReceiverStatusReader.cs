using System.Net;
using System.Text.Json;
using k8s.Models;
using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Reconciliation.MessengerIntegrations.Children;
using MessengerOperator.Runtime.Informers;
using Microsoft.Extensions.Options;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Receivers;

/// <summary>Asks the pods of a receiver, on their management port, how it goes.</summary>
/// <remarks>
/// Each pod on its own, since a Service would answer for one of them. What cannot be asked (no address yet, a NetworkPolicy in between, an older receiver) is left out: the
/// conditions then say what the provider alone tells.
/// </remarks>
internal sealed class ReceiverStatusReader(HttpClient http, ILister<V1Pod> pods, IOptions<IntegrationOptions> options, TimeProvider time)
{
    /// <summary>Name of the HTTP client.</summary>
    public const string ClientName = "receiver-status";

    private const int MaxBytes = 4 * 1024 * 1024;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(3);

    /// <summary>What the pods that answer say of an integration; null when none of them knows it.</summary>
    public Task<ReceiverReport?> ReadAsync(MessengerIntegration integration, CancellationToken cancellationToken) =>
        ReadAsync(integration, ReceiverGroup.Of(integration), cancellationToken);

    /// <summary>The same of the pods of a group that it may have been in before.</summary>
    public async Task<ReceiverReport?> ReadAsync(MessengerIntegration integration, ReceiverGroup group, CancellationToken cancellationToken)
    {
        var name = $"{integration.Metadata.NamespaceProperty}/{integration.Metadata.Name}";
        return (await AskAsync(group, cancellationToken))
            .Select(document => document.ReportOf(name))
            .OfType<ReceiverReport>()
            .Aggregate((ReceiverReport?)null, (sum, report) => sum is null ? report : sum.With(report));
    }

    /// <summary>How many events of all members the pods that answer hold whose sink does not take any.</summary>
    public async Task<long> StuckAsync(ReceiverGroup group, CancellationToken cancellationToken) =>
        (await AskAsync(group, cancellationToken)).Sum(document => document.Stuck);

    private async Task<IEnumerable<ReceiverStatusDocument>> AskAsync(ReceiverGroup group, CancellationToken cancellationToken) =>
        (await Task.WhenAll(PodsOf(group).Select(pod => AskAsync(pod, cancellationToken)))).OfType<ReceiverStatusDocument>();

    private IEnumerable<IPAddress> PodsOf(ReceiverGroup group) => pods.List(group.Namespace)
        .Where(pod => pod.Metadata.DeletionTimestamp is null && pod.Metadata.Labels?.TryGetValue(ReceiverLabels.Instance, out var value) == true && value == group.Instance)
        .Select(pod => IPAddress.TryParse(pod.Status?.PodIP, out var address) ? address : null)
        .OfType<IPAddress>();

    private async Task<ReceiverStatusDocument?> AskAsync(IPAddress pod, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(Deadline, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            var body = await http.GetByteArrayAsync(AddressOf(pod), both.Token);
            return JsonSerializer.Deserialize(body, ReceiverStatusJson.Default.ReceiverStatusDocument);
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException or IOException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }

    private Uri AddressOf(IPAddress pod) =>
        new UriBuilder(Uri.UriSchemeHttp, pod.ToString(), options.Value.ReceiverManagementPort, "/status").Uri;

    /// <summary>Bounds what a pod may answer.</summary>
    public static void Configure(HttpClient client)
    {
        client.Timeout = Timeout.InfiniteTimeSpan; // each reading has a deadline of its own
        client.MaxResponseContentBufferSize = MaxBytes;
    }
}
