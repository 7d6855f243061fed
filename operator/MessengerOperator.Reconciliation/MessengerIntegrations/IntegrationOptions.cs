using System.ComponentModel.DataAnnotations;

namespace MessengerOperator.Reconciliation.MessengerIntegrations;

/// <summary>What the platform team sets once for all integrations.</summary>
public sealed class IntegrationOptions
{
    /// <summary>Scheme, host and port that providers reach, for integrations that set no <c>spec.webhook.url</c>; null makes that field mandatory.</summary>
    [Authority]
    public Uri? WebhookUrl { get; set; }

    /// <summary>Where events go for integrations that name no sink; null makes <c>spec.sink</c> mandatory.</summary>
    public DefaultSinkOptions? Sink { get; set; }

    /// <summary>Image of the receiver.</summary>
    [Required(AllowEmptyStrings = false)]
    public string ReceiverImage { get; set; } = "messenger-operator/receiver:latest";

    /// <summary>Image of receivers that deliver to a broker, for at least one of their integrations; null when the receiver's image does both.</summary>
    public string? ReceiverBrokersImage { get; set; }

    /// <summary>When kubelets pull the receiver's image: Always, IfNotPresent or Never.</summary>
    [AllowedValues("Always", "IfNotPresent", "Never")]
    public string ReceiverImagePullPolicy { get; set; } = "IfNotPresent";

    /// <summary>Port on which the operator asks the receiver's pods for their state. Default 8081, 1 to 65535.</summary>
    [Range(1, 65535)]
    public int ReceiverManagementPort { get; set; } = Children.ReceiverDeployment.ManagementPort;

    /// <summary>Collector that receivers send traces to, OTLP over HTTP, such as <c>http://collector.observability:4318</c>; null for no traces. A change replaces every receiver's pods.</summary>
    [Authority(AllowHttp = true, WithPath = true)]
    public Uri? ReceiverTracesEndpoint { get; set; }

    /// <summary>Share of the requests that begin a trace; those that come with one go by its flag. Default 0.1, 0 to 1.</summary>
    [Range(0.0, 1.0)]
    public double ReceiverTracesRatio { get; set; } = 0.1;

    /// <summary>Hosts that a sink's URL may name, exactly or as <c>*.example.org</c>; empty allows every public one.</summary>
    public List<string> AllowedSinkHosts { get; } = [];

    /// <summary>
    /// Whether a sink's URL may name a private, loopback or link-local address. A reference to a Service in the integration's
    /// own namespace is always allowed; a URL is somebody's free text, and the receiver would post customers' messages to it.
    /// </summary>
    public bool AllowPrivateSinks { get; set; }

    /// <summary>Whether <c>sink.http.ref</c> may name an object of another namespace.</summary>
    public bool AllowCrossNamespaceSinks { get; set; }

    /// <summary>PEM file with authorities that the reachability probe trusts besides the system's; null for none.</summary>
    public string? ProbeCaBundleFile { get; set; }

    /// <summary>Seconds for one reachability probe. Default 10, 1 to 60.</summary>
    [Range(1, 60)]
    public int ProbeTimeoutSeconds { get; set; } = 10;

    /// <summary>
    /// Seconds for which a replaced webhook token or signing secret is accepted beside the new one. Default 900, 1 to 604800. A replaced token stays valid longer, until the provider has the new one.
    /// </summary>
    [Range(1, 604800)]
    public int RotationOverlapSeconds { get; set; } = 900;

    /// <summary>Seconds that kubelets may take to bring changed Secrets and ConfigMaps to pods that run. Default 120, 0 to 600.</summary>
    [Range(0, 600)]
    public int ReceiverSyncSeconds { get; set; } = 120;
}
