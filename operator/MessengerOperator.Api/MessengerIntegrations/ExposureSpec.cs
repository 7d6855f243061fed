using System.Text.Json.Serialization;
using MessengerOperator.Api.Serialization;
using MessengerOperator.Meta.Entities;

namespace MessengerOperator.Api.MessengerIntegrations;

/// <summary>Who routes the public URL to the receiver's Service.</summary>
[ValidationRule("!has(self.ingress) || (has(self.type) && self.type == 'Ingress')", SpecMessages.IngressBelongsToTypeIngress)]
[ValidationRule("!has(self.httpRoute) || (has(self.type) && self.type == 'HTTPRoute')", SpecMessages.HttpRouteBelongsToTypeHttpRoute)]
[ValidationRule("!has(self.type) || self.type != 'HTTPRoute' || has(self.httpRoute)", SpecMessages.HttpRouteNeedsParents)]
public sealed record ExposureSpec
{
    /// <summary>External: somebody else does; the Service is named in <c>status.receiver.service</c>. Ingress or HTTPRoute: the operator keeps one.</summary>
    [JsonConverter(typeof(EnumTextConverter<ExposureType>))]
    [DefaultValue(ExposureType.External)]
    public ExposureType Type { get; init; } = ExposureType.External;

    /// <summary>Settings of the Ingress; only with type Ingress.</summary>
    public IngressExposure? Ingress { get; init; }

    /// <summary>Settings of the HTTPRoute; only with type HTTPRoute, and needed there.</summary>
    public HttpRouteExposure? HttpRoute { get; init; }
}
