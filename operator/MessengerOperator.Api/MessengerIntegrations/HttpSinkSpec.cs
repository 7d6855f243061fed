using System.Text.Json.Serialization;
using MessengerOperator.Api.Serialization;
using MessengerOperator.Meta.Entities;

namespace MessengerOperator.Api.MessengerIntegrations;

/// <summary>Events go to an HTTP endpoint as CloudEvents.</summary>
[ValidationRule("has(self.url) != has(self.ref)", SpecMessages.HttpSinkHasOneAddress)]
[ValidationRule("!has(self.bearerToken) || !has(self.headers) || !self.headers.exists(h, h.name.matches('^[Aa][Uu][Tt][Hh][Oo][Rr][Ii][Zz][Aa][Tt][Ii][Oo][Nn]$'))", SpecMessages.BearerTokenOrAuthorizationHeader)]
[ValidationRule("has(self.clientCertificate) == has(self.clientKey)", SpecMessages.ClientCertificateNeedsKey)]
public sealed record HttpSinkSpec
{
    /// <summary>Address that events are posted to, http or https.</summary>
    [Length(1, 2048)]
    [ValidationRule("self.matches('^https?://[^/?#@ ]+([/?][^# ]*)?$')", SpecMessages.SinkUrlIsHttp)]
    public string? Url { get; init; }

    /// <summary>The object that events are posted to, instead of an address.</summary>
    public SinkReference? Ref { get; init; }

    /// <summary>Headers sent with every event.</summary>
    [Items(maxItems: 32)]
    [XListType(ListType.Map)]
    [XListMapKeys("name")]
    public IReadOnlyList<HttpHeaderSpec>? Headers { get; init; }

    /// <summary>Token sent as Authorization: Bearer.</summary>
    public SecretKeySelector? BearerToken { get; init; }

    /// <summary>Certificates (PEM, base64 coded) that the sink's certificate is checked against. Without it the usual public ones.</summary>
    [Format("byte")]
    [Length(1, 131072)]
    public string? CaBundle { get; init; }

    /// <summary>Binary: attributes in headers, data as the body. Structured: both in one JSON document.</summary>
    [JsonConverter(typeof(EnumTextConverter<HttpContentMode>))]
    [DefaultValue(HttpContentMode.Binary)]
    public HttpContentMode ContentMode { get; init; } = HttpContentMode.Binary;

    /// <summary>The Secret key that holds our certificate (PEM, with its chain), for sinks that ask for one.</summary>
    public SecretKeySelector? ClientCertificate { get; init; }

    /// <summary>The Secret key that holds the private key of our certificate (PEM, not encrypted).</summary>
    public SecretKeySelector? ClientKey { get; init; }
}
