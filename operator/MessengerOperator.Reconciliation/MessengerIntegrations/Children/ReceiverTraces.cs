using System.Globalization;
using k8s.Models;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Children;

/// <summary>Where receivers send traces.</summary>
/// <param name="Endpoint">Address of the collector, OTLP over HTTP.</param>
/// <param name="Ratio">Share of the requests that begin a trace, 0 to 1.</param>
internal sealed record ReceiverTraces(Uri Endpoint, double Ratio)
{
    private const string PodName = "POD_NAME";

    /// <summary>What the platform team has set; null when there is no collector.</summary>
    public static ReceiverTraces? Of(IntegrationOptions options) =>
        options.ReceiverTracesEndpoint is { } endpoint ? new(endpoint, options.ReceiverTracesRatio) : null;

    /// <summary>Flags of the receiver.</summary>
    public IEnumerable<string> Arguments =>
        ["--traces-endpoint", Endpoint.AbsoluteUri, "--traces-ratio", Ratio.ToString("0.################", CultureInfo.InvariantCulture)];

    /// <summary>Says in every span which pod it comes from, by OpenTelemetry's names.</summary>
    public static IEnumerable<V1EnvVar> Environment(ReceiverGroup group) =>
    [
        new V1EnvVar { Name = PodName, ValueFrom = new V1EnvVarSource { FieldRef = new V1ObjectFieldSelector { ApiVersion = "v1", FieldPath = "metadata.name" } } },
        new V1EnvVar { Name = "OTEL_RESOURCE_ATTRIBUTES", Value = $"k8s.namespace.name={group.Namespace},k8s.deployment.name={group.Name},k8s.pod.name=$({PodName})" },
    ];
}
