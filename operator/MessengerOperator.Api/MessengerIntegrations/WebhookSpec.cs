using System.Text.Json.Serialization;
using MessengerOperator.Api.Serialization;
using MessengerOperator.Meta.Entities;

namespace MessengerOperator.Api.MessengerIntegrations;

/// <summary>Where the provider delivers to, and who registers that.</summary>
public sealed record WebhookSpec
{
    /// <summary>
    /// Scheme, host and port that the provider reaches, such as https://hooks.example.org:8443. Without it the operator's own default is used. The
    /// path goes to <c>webhook.path</c>.
    /// </summary>
    [Length(1, 512)]
    [ValidationRule("self.startsWith('https://')", SpecMessages.WebhookUrlIsHttps)]
    [ValidationRule("!self.startsWith('https://') || self.matches('^https://[^/?#@]+$')", SpecMessages.WebhookUrlIsHostAndPort)]
    [ValidationRule("!self.matches('^https://[^/?#@]+$') || self.matches('^https://[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?$')", SpecMessages.WebhookUrlNamesHostAndPort)]
    public string? Url { get; init; }

    /// <summary>Path below the URL. Without it /NAMESPACE/NAME. It never changes by itself.</summary>
    [Length(1, 512)]
    [ValidationRule("self.matches('^(/[A-Za-z0-9._~-]+)+$')", SpecMessages.WebhookPathIsPlain)]
    [ValidationRule("!self.matches('/[.][.]?(/|$)')", SpecMessages.WebhookPathHasNoDots)]
    public string? Path { get; init; }

    /// <summary>
    /// Managed: the operator registers the webhook, repairs it and removes it. Manual: you paste URL and token at the provider; the conditions say
    /// where.
    /// </summary>
    [JsonConverter(typeof(EnumTextConverter<RegistrationMode>))]
    [DefaultValue(RegistrationMode.Managed)]
    public RegistrationMode Registration { get; init; } = RegistrationMode.Managed;

    /// <summary>
    /// Enabled: before registering, a nonce sent to the public URL must come back from our receiver. Disable it when the cluster cannot reach its
    /// own public address.
    /// </summary>
    [JsonConverter(typeof(EnumTextConverter<ProbeMode>))]
    [DefaultValue(ProbeMode.Enabled)]
    public ProbeMode Probe { get; init; } = ProbeMode.Enabled;
}
