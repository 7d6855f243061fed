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
            .. sink.Kafka is { } kafka ? Kafka(kafka, $"{field}.kafka") : [],
            .. sink.RabbitMq is { } rabbit ? RabbitMq(rabbit, $"{field}.rabbitMq") : [],
            .. sink.Redis is { } redis ? Redis(redis, $"{field}.redis") : [],
        ];

    private static IEnumerable<SpecViolation> SinkHasOneKind(SinkSpec sink, string field) =>
        Rule.Holds(new object?[] { sink.Http, sink.Kafka, sink.RabbitMq, sink.Redis }.Count(kind => kind is not null) == 1, field, SpecMessages.SinkHasOneKind);

    private static IEnumerable<SpecViolation> Kafka(KafkaSinkSpec kafka, string field) =>
    [
        .. kafka.Sasl is { } sasl ? Rule.IsRecognized(sasl.Mechanism, $"{field}.sasl.mechanism") : [],
        .. kafka.Tls is { } tls ? ClientCertificateNeedsKey(tls.ClientCertificate, tls.ClientKey, $"{field}.tls") : [],
    ];

    private static IEnumerable<SpecViolation> RabbitMq(RabbitMqSinkSpec rabbit, string field) =>
    [
        .. Rule.Holds(rabbit.Queue is null != rabbit.Exchange is null, field, SpecMessages.QueueOrExchange),
        .. Rule.Holds(rabbit.RoutingKey is null || rabbit.Exchange is not null, $"{field}.routingKey", SpecMessages.RoutingKeyBelongsToExchange),
        .. Rule.Holds(rabbit.Username is null == rabbit.Password is null, $"{field}.username", SpecMessages.UsernameNeedsPassword),
        .. rabbit.Tls is { } tls ? ClientCertificateNeedsKey(tls.ClientCertificate, tls.ClientKey, $"{field}.tls") : [],
    ];

    private static IEnumerable<SpecViolation> Redis(RedisSinkSpec redis, string field) =>
    [
        .. Rule.Holds(redis.Username is null || redis.Password is not null, $"{field}.username", SpecMessages.UsernameNeedsPassword),
        .. redis.Tls is { } tls ? ClientCertificateNeedsKey(tls.ClientCertificate, tls.ClientKey, $"{field}.tls") : [],
    ];

    private static IEnumerable<SpecViolation> ClientCertificateNeedsKey(SecretKeySelector? certificate, SecretKeySelector? key, string field) =>
        Rule.Holds(certificate is null == key is null, field, SpecMessages.ClientCertificateNeedsKey);

    private static IEnumerable<SpecViolation> Http(HttpSinkSpec http, string field) =>
    [
        .. HttpSinkHasOneAddress(http, field),
        .. SinkUrlIsHttp(http, field),
        .. http.Ref is { } reference ? Reference(reference, $"{field}.ref") : [],
        .. (http.Headers ?? []).SelectMany((header, i) => HeaderHasOneValue(header, $"{field}.headers[{i}]")),
        .. BearerTokenOrAuthorizationHeader(http, field),
        .. Rule.IsRecognized(http.ContentMode, $"{field}.contentMode"),
        .. ClientCertificateNeedsKey(http.ClientCertificate, http.ClientKey, field),
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
