using System.Text.RegularExpressions;
using MessengerOperator.Api.MessengerIntegrations;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Checks;

/// <summary>A sink is of one kind and has one address. Serves the sink and the dead letters alike.</summary>
internal static partial class SinkChecks
{
    public static IEnumerable<SpecViolation> Of(SinkSpec? sink, string field) => sink is null
        ? []
        :
        [
            .. SinkHasOneKind(sink, field),
            .. sink.Http is { } http ? Http(http, $"{field}.http") : [],
        ];

    private static IEnumerable<SpecViolation> SinkHasOneKind(SinkSpec sink, string field) =>
        Rule.Holds(sink.Http is not null, field, SpecMessages.SinkHasOneKind);

    private static IEnumerable<SpecViolation> Http(HttpSinkSpec http, string field) =>
    [
        .. HttpSinkHasOneAddress(http, field),
        .. SinkUrlIsHttp(http, field),
        .. http.Ref is { } reference ? Reference(reference, $"{field}.ref") : [],
        .. (http.Headers ?? []).SelectMany((header, i) => HeaderHasOneValue(header, $"{field}.headers[{i}]")),
        .. BearerTokenOrAuthorizationHeader(http, field),
    ];

    private static IEnumerable<SpecViolation> HttpSinkHasOneAddress(HttpSinkSpec http, string field) =>
        Rule.Holds(http.Url is null != http.Ref is null, field, SpecMessages.HttpSinkHasOneAddress);

    private static IEnumerable<SpecViolation> SinkUrlIsHttp(HttpSinkSpec http, string field) =>
        Rule.Holds(http.Url is null || HttpUrl().IsMatch(http.Url), $"{field}.url", SpecMessages.SinkUrlIsHttp);

    private static IEnumerable<SpecViolation> Reference(SinkReference reference, string field) =>
    [
        .. Rule.Holds(
            reference is { Port: null, Path: null } or { ApiVersion: "v1", Kind: "Service" }, field, SpecMessages.PortAndPathBelongToService),
        .. Rule.Holds(reference.Path is null || reference.Path.StartsWith('/'), $"{field}.path", SpecMessages.SinkPathStartsWithSlash),
    ];

    private static IEnumerable<SpecViolation> HeaderHasOneValue(HttpHeaderSpec header, string field) =>
        Rule.Holds(header.Value is null != header.ValueFrom is null, field, SpecMessages.HeaderHasOneValue);

    private static IEnumerable<SpecViolation> BearerTokenOrAuthorizationHeader(HttpSinkSpec http, string field) => Rule.Holds(
        http.BearerToken is null || http.Headers?.Any(header => string.Equals(header.Name, "Authorization", StringComparison.OrdinalIgnoreCase)) is not true,
        $"{field}.bearerToken",
        SpecMessages.BearerTokenOrAuthorizationHeader);

    [GeneratedRegex(@"\Ahttps?://[^/?#@ ]+([/?][^# ]*)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex HttpUrl();
}
