using MessengerOperator.Meta.Entities;

namespace MessengerOperator.Api.MessengerIntegrations;

/// <summary>Events go to an HTTP endpoint as CloudEvents.</summary>
[ValidationRule("has(self.url) != has(self.ref)", SpecMessages.HttpSinkHasOneAddress)]
[ValidationRule("!has(self.bearerToken) || !has(self.headers) || !self.headers.exists(h, h.name.matches('^[Aa][Uu][Tt][Hh][Oo][Rr][Ii][Zz][Aa][Tt][Ii][Oo][Nn]$'))", SpecMessages.BearerTokenOrAuthorizationHeader)]
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
}
