using MessengerOperator.Api.MessengerIntegrations;
using static MessengerOperator.Api.MessengerIntegrations.SpecMessages;

namespace MessengerOperator.Api.Tests.SpecRules;

/// <summary>The table. Every text of <see cref="SpecMessages"/> has a row that breaks its rule; rows without a broken rule are near misses that must pass.</summary>
internal static class SpecRuleCases
{
    public static IEnumerable<SpecRuleCase> All => [.. Provider, .. Accounts, .. Nexmo, .. Webhook, .. Exposure, .. Receiver, .. Sink, .. Rest];

    private const string Key = "{name: s, key: k}";
    private const string FacebookBlock = "{pageId: \"1\", appId: \"2\", pageAccessToken: {name: s, key: k}, appSecret: {name: s, key: k}}";
    private const string LineBlock = "{channelAccessToken: {name: s, key: k}, channelSecret: {name: s, key: k}}";
    private const string NexmoBlock = "{mode: Sms, apiKey: a1, apiSecret: {name: s, key: k}, signatureSecret: {name: s, key: k}, signatureMethod: Md5Hash}";
    private const string TelegramBlock = "{botUsername: b, apiToken: {name: s, key: k}}";
    private const string Kafka = "{bootstrapServers: ['k-0:9092', 'k-1:9092'], topic: t, sasl: {mechanism: ScramSha512, username: {name: s, key: u}, password: {name: s, key: p}}, tls: {}}";
    private const string Rabbit = "{endpoints: ['r:5672'], queue: q, username: {name: s, key: u}, password: {name: s, key: p}}";
    private const string Redis = "{endpoints: ['r:6379'], stream: s, maxLength: 1000}";
    private const string ViberBlock = "{botUsername: b, authToken: {name: s, key: k}}";

    private static IEnumerable<SpecRuleCase> Each(string what, Func<string, string> change, (string Field, string Message)? broken, params IReadOnlyList<string> values) =>
        values.Select(value => new SpecRuleCase($"{what} {value}", "telegram", change(value), broken is { } rule ? [rule] : []));

    private static IEnumerable<SpecRuleCase> Provider =>
    [
        new("No block", "telegram", "telegram: null", ("spec.telegram", TelegramNeedsItsBlock)),
        new("No block, Facebook", "facebook", "facebook: null", ("spec.facebook", FacebookNeedsItsBlock)),
        new("No block, LINE", "line", "line: null", ("spec.line", LineNeedsItsBlock)),
        new("No block, Nexmo", "nexmo-sms", "nexmo: null", ("spec.nexmo", NexmoNeedsItsBlock)),
        new("No block, Viber", "viber", "viber: null", ("spec.viber", ViberNeedsItsBlock)),
        new("A second block, Facebook", "telegram", $"facebook: {FacebookBlock}", ("spec.facebook", FacebookBlockBelongsToFacebook)),
        new("A second block, LINE", "telegram", $"line: {LineBlock}", ("spec.line", LineBlockBelongsToLine)),
        new("A second block, Nexmo", "telegram", $"nexmo: {NexmoBlock}", ("spec.nexmo", NexmoBlockBelongsToNexmo)),
        new("A second block, Telegram", "viber", $"telegram: {TelegramBlock}", ("spec.telegram", TelegramBlockBelongsToTelegram)),
        new("A second block, Viber", "telegram", $"viber: {ViberBlock}", ("spec.viber", ViberBlockBelongsToViber)),
        new("The block of another provider only", "telegram", $"{{telegram: null, viber: {ViberBlock}}}", ("spec.telegram", TelegramNeedsItsBlock), ("spec.viber", ViberBlockBelongsToViber)),
        new("Managed Facebook without app id", "facebook", "facebook: {appId: null}", ("spec.facebook.appId", ManagedFacebookNeedsAppId)),
        new("Manual Facebook without app id", "facebook", "{facebook: {appId: null}, webhook: {registration: Manual}}"),
    ];

    private static IEnumerable<SpecRuleCase> Accounts =>
    [
        new("An @ before the page's username", "facebook", "facebook: {pageUsername: '@acme'}", ("spec.facebook.pageUsername", UsernameHasNoAt)),
        new("A page without username", "facebook", "facebook: {pageUsername: null}"),
        new("A page id with letters", "facebook", "facebook: {pageId: acme1}", ("spec.facebook.pageId", PageIdIsDigits)),
        new("A page id with a line end", "facebook", "facebook: {pageId: \"12\\n\"}", ("spec.facebook.pageId", PageIdIsDigits)),
        new("A page id of other digits than ours", "facebook", "facebook: {pageId: \"١٢\"}", ("spec.facebook.pageId", PageIdIsDigits)),
        new("An app id with letters", "facebook", "facebook: {appId: 12a}", ("spec.facebook.appId", AppIdIsDigits)),
        new("An @ before the bot's username", "telegram", "telegram: {botUsername: '@acme_bot'}", ("spec.telegram.botUsername", UsernameHasNoAt)),
        new("An @ before the Viber bot", "viber", "viber: {botUsername: '@acme'}", ("spec.viber.botUsername", UsernameHasNoAt)),
        new("A self-hosted Bot API server", "telegram", "telegram: {apiBaseUrl: 'http://bot-api.telegram.svc:8081'}"),
        new("A Bot API server with a path", "telegram", "telegram: {apiBaseUrl: 'https://example.org/bot-api/v1'}"),
        new("A Bot API server by ftp", "telegram", "telegram: {apiBaseUrl: 'ftp://example.org'}", ("spec.telegram.apiBaseUrl", ApiBaseUrlIsHttp)),
        new("A Bot API server with a slash at its end", "telegram", "telegram: {apiBaseUrl: 'https://example.org/'}", ("spec.telegram.apiBaseUrl", ApiBaseUrlIsHttp)),
        new("A Bot API server with user info", "telegram", "telegram: {apiBaseUrl: 'https://u:p@example.org'}", ("spec.telegram.apiBaseUrl", ApiBaseUrlIsHttp)),
    ];

    private static IEnumerable<SpecRuleCase> Nexmo =>
    [
        new("An API key with a dash", "nexmo-sms", "nexmo: {apiKey: a-b}", ("spec.nexmo.apiKey", ApiKeyIsLettersAndDigits)),
        new("A number with a plus", "nexmo-sms", "nexmo: {numbers: [{number: '447700900000', country: GB}, {number: '+4477009', country: GB}]}", ("spec.nexmo.numbers[1].number", NumberIsDigits)),
        new("SMS for the whole account", "nexmo-sms", "nexmo: {numbers: null}"),
        new("An application id that is no UUID", "nexmo-messages", "nexmo: {applicationId: 8f2a1c34-5678-4abc-9def-0123456789ag}", ("spec.nexmo.applicationId", ApplicationIdIsUuid)),
        new("A base address with a query", "nexmo-sms", "nexmo: {restBaseUrl: 'https://example.org?a=b'}", ("spec.nexmo.restBaseUrl", ApiBaseUrlIsHttp)),
        new("A newer base address with a blank", "nexmo-sms", "nexmo: {apiBaseUrl: 'https://exa mple.org'}", ("spec.nexmo.apiBaseUrl", ApiBaseUrlIsHttp)),
        new("Messages without application", "nexmo-messages", "nexmo: {applicationId: null}", ("spec.nexmo.applicationId", MessagesNeedsApplicationId)),
        new("Messages without private key", "nexmo-messages", "nexmo: {privateKey: null}", ("spec.nexmo.privateKey", MessagesNeedsPrivateKey)),
        new("Messages verified by path", "nexmo-messages", "nexmo: {inboundVerification: Path, signatureSecret: null}", ("spec.nexmo.inboundVerification", MessagesIsAlwaysSigned)),
        new("Messages with numbers", "nexmo-messages", "nexmo: {numbers: [{number: '1', country: US}]}", ("spec.nexmo.numbers", NumbersBelongToSms)),
        new("Messages with signature method", "nexmo-messages", "nexmo: {signatureMethod: Md5}", ("spec.nexmo.signatureMethod", SignatureMethodBelongsToSms)),
        new("Messages without signature secret", "nexmo-messages", "nexmo: {signatureSecret: null}", ("spec.nexmo.signatureSecret", SignatureNeedsSecret)),
        new("SMS with application", "nexmo-sms", "nexmo: {applicationId: 8f2a1c34-5678-4abc-9def-0123456789ab}", ("spec.nexmo.applicationId", ApplicationIdBelongsToMessages)),
        new("SMS with private key", "nexmo-sms", $"nexmo: {{privateKey: {Key}}}", ("spec.nexmo.privateKey", PrivateKeyBelongsToMessages)),
        new("SMS without signature secret", "nexmo-sms", "nexmo: {signatureSecret: null}", ("spec.nexmo.signatureSecret", SignatureNeedsSecret)),
        new("SMS without signature method", "nexmo-sms", "nexmo: {signatureMethod: null}", ("spec.nexmo.signatureMethod", SmsSignatureNeedsMethod)),
        new("Unsigned SMS, said explicitly", "nexmo-sms", "nexmo: {inboundVerification: Path, signatureSecret: null, signatureMethod: null}"),
        new("Unsigned SMS with signature secret", "nexmo-sms", "nexmo: {inboundVerification: Path, signatureMethod: null}", ("spec.nexmo.inboundVerification", PathVerificationUsesNoSignature)),
        new("Region and base address", "nexmo-messages", "nexmo: {apiBaseUrl: 'https://api-eu.vonage.com'}", ("spec.nexmo.region", RegionOrApiBaseUrl)),
    ];

    private static IEnumerable<SpecRuleCase> Webhook =>
    [
        .. Each("Webhook URL", url => $"webhook: {{url: '{url}'}}", ("spec.webhook.url", WebhookUrlIsHttps), "http://hooks.example.org", "HTTPS://hooks.example.org", "hooks.example.org", "ftp://x"),
        .. Each("Webhook URL", url => $"webhook: {{url: '{url}'}}", ("spec.webhook.url", WebhookUrlIsHostAndPort), "https://", "https://h/", "https://h/path", "https://h?a=b", "https://h#f", "https://u:p@h", "https:///x"),
        .. Each("Webhook URL", url => $"webhook: {{url: '{url}'}}", ("spec.webhook.url", WebhookUrlNamesHostAndPort), "https://h:0", "https://h:65536", "https://h:99999", "https://h:080", "https://h:", "https://:443", "https://h:port", "https://-h", "https://h .org", "https://h.org.", "https://[::1]:443"),
        new("Webhook URL with a line end", "telegram", "webhook: {url: \"https://h\\n\"}", ("spec.webhook.url", WebhookUrlNamesHostAndPort)),
        .. Each("Webhook URL", url => $"webhook: {{url: '{url}'}}", null, "https://h", "https://hooks.example.org:8443", "https://10.0.0.1:65535", "https://Hooks.Example.org:1", "https://h:9999", "https://h:59999"),
        .. Each("Webhook path", path => $"webhook: {{path: \"{path}\"}}", ("spec.webhook.path", WebhookPathIsPlain), "a", "/", "/a/", "//a", "/a//b", "/a?b=c", "/a#b", "/a b", "/ä", "/a%20b", "/a\\\\b"),
        .. Each("Webhook path", path => $"webhook: {{path: {path}}}", ("spec.webhook.path", WebhookPathHasNoDots), "/..", "/a/../b", "/./a", "/a/."),
        .. Each("Webhook path", path => $"webhook: {{path: {path}}}", null, "/a", "/a/b-c_d.e~f", "/.well-known/x", "/..a", "/a..b/c"),
    ];

    private static IEnumerable<SpecRuleCase> Exposure =>
    [
        new("Ingress settings without the type", "telegram", "exposure: {ingress: {className: nginx}}", ("spec.exposure.ingress", IngressBelongsToTypeIngress)),
        new("HTTPRoute settings without the type", "telegram", "exposure: {httpRoute: {parentRefs: [{name: a}]}}", ("spec.exposure.httpRoute", HttpRouteBelongsToTypeHttpRoute)),
        new("HTTPRoute without settings", "telegram", "exposure: {type: HTTPRoute}", ("spec.exposure.httpRoute", HttpRouteNeedsParents)),
        new("Ingress without settings", "telegram", "exposure: {type: Ingress}"),
        new("No word on exposure", "telegram", "exposure: null"),
    ];

    private static IEnumerable<SpecRuleCase> Receiver =>
    [
        new("Replicas and autoscaling", "facebook", "receiver: {replicas: 2}", ("spec.receiver.replicas", ReplicasOrAutoscaling)),
        new("Least above greatest", "facebook", "receiver: {autoscaling: {minReplicas: 6}}", ("spec.receiver.autoscaling.minReplicas", MinReplicasIsAtMostMax)),
        new("Least equal to greatest", "facebook", "receiver: {autoscaling: {minReplicas: 5}}"),
        new("A label of ours", "viber", "receiver: {podLabels: {messenger-operator.io/group: x}}", ("spec.receiver.podLabels", PodLabelsAreNotOurs)),
        new("A recommended label", "viber", "receiver: {podLabels: {app.kubernetes.io/name: x}}", ("spec.receiver.podLabels", PodLabelsAreNotOurs)),
        new("An annotation of ours", "viber", "receiver: {podAnnotations: {messenger-operator.io/hash: x}}", ("spec.receiver.podAnnotations", PodAnnotationsAreNotOurs)),
        new("A label that only looks like ours", "viber", "receiver: {podLabels: {messenger-operator.io.example.org/x: y}}"),
    ];

    private static IEnumerable<SpecRuleCase> Sink =>
    [
        new("A sink of no kind", "telegram", "sink: {http: null}", ("spec.sink", SinkHasOneKind)),
        new("No sink at all", "telegram", "sink: null"),
        new("A sink without address", "telegram", "sink: {http: {url: null}}", ("spec.sink.http", HttpSinkHasOneAddress)),
        new("A sink with two addresses", "telegram", "sink: {http: {ref: {apiVersion: v1, kind: Service, name: a}}}", ("spec.sink.http", HttpSinkHasOneAddress)),
        .. Each("Sink URL", url => $"sink: {{http: {{url: '{url}'}}}}", ("spec.sink.http.url", SinkUrlIsHttp), "ftp://h", "h/events", "https://u:p@h/x", "https://h/x#f", "https:///x", "https://h/a b"),
        .. Each("Sink URL", url => $"sink: {{http: {{url: '{url}'}}}}", null, "http://h", "http://h:8080/", "https://h/a/b?c=d", "https://h?c=d", "https://h/a@b"),
        new("Dead letters by ftp", "telegram", "delivery: {deadLetter: {http: {url: 'ftp://h'}}}", ("spec.delivery.deadLetter.http.url", SinkUrlIsHttp)),
        new("Dead letters of no kind", "telegram", "delivery: {deadLetter: {http: null}}", ("spec.delivery.deadLetter", SinkHasOneKind)),
        new("A sink of two kinds", "telegram", $"sink: {{redis: {Redis}}}", ("spec.sink", SinkHasOneKind)),
        new("A sink of the last two kinds", "telegram", $"sink: {{http: null, rabbitMq: {Rabbit}, redis: {Redis}}}", ("spec.sink", SinkHasOneKind)),
        new("A sink of two kinds without HTTP", "telegram", $"sink: {{http: null, kafka: {Kafka}, redis: {Redis}}}", ("spec.sink", SinkHasOneKind)),
        new("A Kafka topic", "telegram", $"sink: {{http: null, kafka: {Kafka}}}"),
        new("A RabbitMQ queue", "telegram", $"sink: {{http: null, rabbitMq: {Rabbit}}}"),
        new("A Redis stream", "telegram", $"sink: {{http: null, redis: {Redis}}}"),
        new("Dead letters in a Redis stream", "telegram", $"delivery: {{deadLetter: {{http: null, redis: {Redis}}}}}"),
        new("A RabbitMQ exchange", "telegram", "sink: {http: null, rabbitMq: {endpoints: ['[2001:db8::1]:5672'], exchange: e, routingKey: r}}"),
        new("A RabbitMQ queue and exchange", "telegram", "sink: {http: null, rabbitMq: {endpoints: ['r:5672'], queue: q, exchange: e}}", ("spec.sink.rabbitMq", QueueOrExchange)),
        new("A RabbitMQ queue with routing key", "telegram", "sink: {http: null, rabbitMq: {endpoints: ['r:5672'], queue: q, routingKey: r}}", ("spec.sink.rabbitMq.routingKey", RoutingKeyBelongsToExchange)),
        new("A RabbitMQ user without password", "telegram", $"sink: {{http: null, rabbitMq: {{endpoints: ['r:5672'], queue: q, username: {Key}}}}}", ("spec.sink.rabbitMq.username", UsernameNeedsPassword)),
        new("A Redis user without password", "telegram", $"sink: {{http: null, redis: {{endpoints: ['r:6379'], stream: s, username: {Key}}}}}", ("spec.sink.redis.username", UsernameNeedsPassword)),
        new("A Redis password without user", "telegram", $"sink: {{http: null, redis: {{endpoints: ['r:6379'], stream: s, password: {Key}}}}}"),
        new("A client certificate without key", "telegram", $"sink: {{http: {{clientCertificate: {Key}}}}}", ("spec.sink.http", ClientCertificateNeedsKey)),
        new("A client key without certificate", "telegram", $"sink: {{http: null, kafka: {{bootstrapServers: ['k:9092'], topic: t, tls: {{clientKey: {Key}}}}}}}", ("spec.sink.kafka.tls", ClientCertificateNeedsKey)),
        new("A path without slash", "line", "sink: {http: {ref: {path: events}}}", ("spec.sink.http.ref.path", SinkPathStartsWithSlash)),
        new("A port at something that is no Service", "line", "sink: {http: {ref: {apiVersion: serving.knative.dev/v1, path: null}}}", ("spec.sink.http.ref", PortAndPathBelongToService)),
        new("A path at something that is no Service", "line", "sink: {http: {ref: {kind: Broker, port: null}}}", ("spec.sink.http.ref", PortAndPathBelongToService)),
        new("An addressable object", "line", "sink: {http: {ref: {apiVersion: eventing.knative.dev/v1, kind: Broker, path: null, port: null}}}"),
        new("A header without value", "line", "sink: {http: {headers: [{name: A}]}}", ("spec.sink.http.headers[0]", HeaderHasOneValue)),
        new("A header with two values", "line", $"sink: {{http: {{headers: [{{name: A, value: b}}, {{name: C, value: d, valueFrom: {Key}}}]}}}}", ("spec.sink.http.headers[1]", HeaderHasOneValue)),
        new("Bearer token and Authorization header", "line", "sink: {http: {headers: [{name: authorization, value: b}]}}", ("spec.sink.http.bearerToken", BearerTokenOrAuthorizationHeader)),
        new("An Authorization header alone", "line", "sink: {http: {bearerToken: null, headers: [{name: Authorization, value: b}]}}"),
    ];

    private static IEnumerable<SpecRuleCase> Rest =>
    [
        new("A storage class for EmptyDir", "telegram", "delivery: {spool: {storageClassName: fast}}", ("spec.delivery.spool.storageClassName", StorageClassBelongsToClaim)),
        new("Dead letters without a spool", "telegram", "delivery: {deadLetter: {http: {url: 'https://h'}}, spool: {storage: None}}", ("spec.delivery.deadLetter", DeadLettersNeedSpool)),
        new("Dead letters with a spool", "telegram", "delivery: {deadLetter: {http: {url: 'https://h'}}, spool: {storage: EmptyDir}}"),
        new("Two pods for one claim", "telegram", "{receiver: {replicas: 2}, delivery: {spool: {storage: PersistentVolumeClaim}}}", ("spec.delivery.spool.storage", ClaimIsForOnePod)),
        new("An autoscaler for one claim", "telegram", "{receiver: {replicas: null, autoscaling: {maxReplicas: 2}}, delivery: {spool: {storage: PersistentVolumeClaim}}}", ("spec.delivery.spool.storage", ClaimIsForOnePod)),
        new("One pod for one claim", "telegram", "{receiver: {replicas: 1}, delivery: {spool: {storage: PersistentVolumeClaim, storageClassName: fast}}}"),
        new("A claim and nothing about the receiver", "telegram", "{receiver: null, delivery: {spool: {storage: PersistentVolumeClaim}}}"),
        new("Two pods without a spool", "telegram", "{receiver: {replicas: 2}, delivery: {deadLetter: null, spool: {storage: None}}}"),
        .. Each("Check interval", text => $"checkInterval: {text}", ("spec.checkInterval", CheckIntervalIsInRange), "59s", "1ms", "24h1s", "0.9m", "999999999h"),
        .. Each("Check interval", text => $"checkInterval: {text}", null, "1m", "60s", "60000ms", "24h", "1h30m", "1.5m"),
        new("A deadline of two weeks", "telegram", "deregistrationDeadline: 336h", ("spec.deregistrationDeadline", DeregistrationDeadlineIsInRange)),
        new("A deadline of nothing", "telegram", "deregistrationDeadline: 0s"),
        .. SpecObjects.Assets.Select(asset => new SpecRuleCase($"Nothing wrong, {asset}", asset, "{}")),
    ];
}
