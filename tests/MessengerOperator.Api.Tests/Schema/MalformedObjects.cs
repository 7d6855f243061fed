using System.Text.Json.Nodes;
using MessengerOperator.Api.Tests.SpecRules;

namespace MessengerOperator.Api.Tests.Schema;

/// <summary>Objects that the schema alone refuses, on every server.</summary>
internal static class MalformedObjects
{
    /// <summary>Not refused but dropped, unless the client asks for strictness.</summary>
    public const string UnknownField = "unknown field";

    /// <summary>A merge patch on the spec of the Telegram example, the field at fault, and what is wrong with it.</summary>
    public static IReadOnlyList<(string Change, string Field, string Why)> All { get; } =
    [
        ("{provider: Slack}", ".spec.provider", "enum"),
        ("{provider: null}", ".spec.provider", "required"),
        ("{surprise: 1}", ".spec.surprise", UnknownField),
        ("{receiver: {tolerations: [{key: a, effects: b}]}}", ".spec.receiver.tolerations[0].effects", UnknownField),
        ("{telegram: {apiToken: {name: Upper}}}", ".spec.telegram.apiToken.name", "pattern"),
        ("{telegram: {apiToken: {key: null}}}", ".spec.telegram.apiToken.key", "required"),
        ("{telegram: {apiToken: 12:abc}}", ".spec.telegram.apiToken", "type"),
        ("{telegram: {botUsername: ''}}", ".spec.telegram.botUsername", "length"),
        ("{receiver: {replicas: 0}}", ".spec.receiver.replicas", "range"),
        ("{receiver: {group: a.b}}", ".spec.receiver.group", "pattern"),
        ("{receiver: {podLabels: {a: b c}}}", ".spec.receiver.podLabels.a", "pattern"),
        ("{receiver: {resources: {limits: {memory: much}}}}", ".spec.receiver.resources.limits.memory", "pattern"),
        ("{receiver: {affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{}]}}}}", ".spec.receiver.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].topologyKey", "required"),
        ("{checkInterval: 15}", ".spec.checkInterval", "type"),
        ("{checkInterval: 15 minutes}", ".spec.checkInterval", "pattern"),
        ("{checkInterval: -15m}", ".spec.checkInterval", "pattern"),
        ("{delivery: {spool: {sizeLimit: lots}}}", ".spec.delivery.spool.sizeLimit", "pattern"),
        ("{delivery: {spool: {sizeLimit: -1Mi}}}", ".spec.delivery.spool.sizeLimit", "pattern"),
        ("{exposure: {type: HTTPRoute, httpRoute: {parentRefs: []}}}", ".spec.exposure.httpRoute.parentRefs", "items"),
        ("{sink: {http: {headers: [{name: A, value: b}, {name: A, value: c}]}}}", ".spec.sink.http.headers", "duplicate"),
        ("{sink: {http: {headers: [{name: 'A: b', value: c}]}}}", ".spec.sink.http.headers[0].name", "pattern"),
    ];

    public static JsonObject Make(string change, string? ns = null)
    {
        var entity = SpecObjects.Changed(new("", "telegram", change));
        if (ns is not null)
        {
            entity["metadata"]!["namespace"] = ns;
        }

        return entity;
    }
}
