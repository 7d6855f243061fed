using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Providers.Webhooks;
using MessengerOperator.Reconciliation.MessengerIntegrations.Sinks;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Children;

/// <summary>How a receiver is told of a sink: its addresses and settings, and the files that its secrets are mounted as.</summary>
internal static class SinkDocument
{
    /// <summary>The sink of a member.</summary>
    public static ReceiverSink Of(ResolvedSink sink, MemberFiles files) => sink.Broker switch
    {
        { Kafka: { } kafka } => new() { Kafka = Kafka(kafka, sink, files) },
        { RabbitMq: { } rabbit } => new() { RabbitMq = RabbitMq(rabbit, sink, files) },
        { Redis: { } redis } => new() { Redis = Redis(redis, sink, files) },
        _ => new() { Http = Http(sink, files) },
    };

    private static ReceiverHttpSink Http(ResolvedSink sink, MemberFiles files) => new()
    {
        Url = sink.Url ?? throw new InvalidOperationException("A sink over HTTP has an address."),
        Structured = sink.Http?.ContentMode == HttpContentMode.Structured,
        DenyPrivateAddresses = !sink.MayBePrivate,
        Headers = (sink.Http?.Headers ?? [])
            .Where(header => header.Value is not null)
            .ToDictionary(header => header.Name, header => header.Value!, StringComparer.OrdinalIgnoreCase),
        HeaderFiles = SinkSecrets.Headers(sink, files)
            .ToDictionary(header => header.Name, header => MemberFiles.SecretFile(header.Key), StringComparer.OrdinalIgnoreCase),
        BearerTokenFile = File(sink.Http?.BearerToken, SinkSelectors.BearerToken, sink, files),
        CaBundleFile = CaBundleFile(sink, files),
        ClientCertificateFile = File(sink.Http?.ClientCertificate, SinkSelectors.ClientCertificate, sink, files),
        ClientKeyFile = File(sink.Http?.ClientKey, SinkSelectors.ClientKey, sink, files),
    };

    private static ReceiverKafkaSink Kafka(KafkaSinkSpec kafka, ResolvedSink sink, MemberFiles files) => new()
    {
        BootstrapServers = kafka.BootstrapServers,
        Topic = kafka.Topic,
        MaxMessageBytes = kafka.MaxMessageBytes,
        Sasl = kafka.Sasl is not { } sasl ? null : new()
        {
            Mechanism = sasl.Mechanism switch
            {
                KafkaSaslMechanism.ScramSha256 => "SCRAM-SHA-256",
                KafkaSaslMechanism.ScramSha512 => "SCRAM-SHA-512",
                _ => "PLAIN",
            },
            UserNameFile = File(sasl.Username, SinkSelectors.Username, sink, files)!,
            PasswordFile = File(sasl.Password, SinkSelectors.Password, sink, files)!,
        },
        Tls = Tls(kafka.Tls, sink, files),
        DenyPrivateAddresses = !sink.MayBePrivate,
    };

    private static ReceiverRabbitMqSink RabbitMq(RabbitMqSinkSpec rabbit, ResolvedSink sink, MemberFiles files) => new()
    {
        Endpoints = rabbit.Endpoints,
        VirtualHost = rabbit.VirtualHost,
        Queue = rabbit.Queue,
        DeclareQueue = rabbit.Queue is not null,
        Exchange = rabbit.Exchange,
        RoutingKey = rabbit.RoutingKey,
        UserNameFile = File(rabbit.Username, SinkSelectors.Username, sink, files),
        PasswordFile = File(rabbit.Password, SinkSelectors.Password, sink, files),
        Tls = Tls(rabbit.Tls, sink, files),
        DenyPrivateAddresses = !sink.MayBePrivate,
    };

    private static ReceiverRedisSink Redis(RedisSinkSpec redis, ResolvedSink sink, MemberFiles files) => new()
    {
        Endpoints = redis.Endpoints,
        Stream = redis.Stream,
        MaxLength = redis.MaxLength,
        MaxEventBytes = redis.MaxEventBytes,
        UserNameFile = File(redis.Username, SinkSelectors.Username, sink, files),
        PasswordFile = File(redis.Password, SinkSelectors.Password, sink, files),
        Tls = Tls(redis.Tls, sink, files),
        DenyPrivateAddresses = !sink.MayBePrivate,
    };

    private static ReceiverTls? Tls(SinkTlsSpec? tls, ResolvedSink sink, MemberFiles files) => tls is null ? null : new()
    {
        CaBundleFile = CaBundleFile(sink, files),
        ClientCertificateFile = File(tls.ClientCertificate, SinkSelectors.ClientCertificate, sink, files),
        ClientKeyFile = File(tls.ClientKey, SinkSelectors.ClientKey, sink, files),
    };

    private static string? CaBundleFile(ResolvedSink sink, MemberFiles files) => sink.CaBundle is null ? null : $"{MemberFiles.Configuration}/{files.CaBundle(sink.Place)}";

    private static string? File(SecretKeySelector? selector, string what, ResolvedSink sink, MemberFiles files) =>
        selector is null ? null : MemberFiles.SecretFile(files.SinkValue(sink.Place, what));
}
