using MessengerOperator.Providers.Webhooks;
using MessengerOperator.Receiver.Configuration;
using MessengerOperator.Receiver.Telemetry;
using RabbitMQ.Client;

namespace MessengerOperator.Receiver.Sinks.RabbitMq;

/// <summary>RabbitMQ queues and exchanges. Those at one broker with one user and virtual host share their connection.</summary>
internal sealed class RabbitMqSinkKind(SinkPool pool, ReceiverOptions options, ReceiverMetrics metrics, TimeProvider time) : ISinkKind
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    public string Name => "rabbitMq";

    public bool IsIn(ReceiverSink sink) => sink.RabbitMq is not null;

    public IEnumerable<string> Check(ReceiverSink sink)
    {
        var rabbit = sink.RabbitMq!;
        if (SinkEndpoints.Problem(rabbit.Endpoints) is { } problem)
        {
            yield return $".endpoints: {problem}";
        }

        if (string.IsNullOrEmpty(rabbit.Queue) == string.IsNullOrEmpty(rabbit.Exchange))
        {
            yield return ": either a queue or an exchange is needed";
        }

        if (rabbit.Exchange is null && rabbit.RoutingKey is not null)
        {
            yield return ".routingKey: belongs to an exchange";
        }

        if (rabbit.UserNameFile is null != rabbit.PasswordFile is null)
        {
            yield return ": userNameFile and passwordFile belong together";
        }

        if (rabbit.Tls is { } tls && tls.ClientCertificateFile is null != tls.ClientKeyFile is null)
        {
            yield return ".tls: clientCertificateFile and clientKeyFile belong together";
        }
    }

    public IEnumerable<string> Files(ReceiverSink sink)
    {
        var rabbit = sink.RabbitMq!;
        return new[] { rabbit.UserNameFile, rabbit.PasswordFile, rabbit.Tls?.CaBundleFile, rabbit.Tls?.ClientCertificateFile, rabbit.Tls?.ClientKeyFile }.OfType<string>();
    }

    public IEventSink? Open(ReceiverSink sink, SinkFiles files)
    {
        var rabbit = sink.RabbitMq!;
        var user = files.Optional(rabbit.UserNameFile, "user name");
        var password = files.Optional(rabbit.PasswordFile, "password");
        var tls = files.Tls(rabbit.Tls);
        if (files.HasProblems)
        {
            return null;
        }

        var key = SinkKey.Of(Name, [user, password, rabbit.VirtualHost, tls?.Fingerprint, rabbit.DenyPrivateAddresses ? "public" : null, .. rabbit.Endpoints]);
        return new RabbitMqEventSink(rabbit, pool.Share(key, () => Connect(rabbit, user, password, tls)));
    }

    private RabbitMqConnection Connect(ReceiverRabbitMqSink rabbit, string? user, string? password, SinkTls? tls)
    {
        var factory = new ConnectionFactory
        {
            VirtualHost = rabbit.VirtualHost ?? ConnectionFactory.DefaultVHost,
            UserName = user ?? ConnectionFactory.DefaultUser,
            Password = password ?? ConnectionFactory.DefaultPass,
            ClientProvidedName = "messenger-receiver",
            // The link makes a lost connection anew, and so asks for the name again.
            AutomaticRecoveryEnabled = false,
            TopologyRecoveryEnabled = false,
            RequestedConnectionTimeout = options.SinkTimeout,
            HandshakeContinuationTimeout = options.SinkTimeout,
            ContinuationTimeout = options.SinkTimeout,
            SocketReadTimeout = options.SinkTimeout,
            SocketWriteTimeout = options.SinkTimeout,
            RequestedHeartbeat = Heartbeat,
        };
        if (rabbit.DenyPrivateAddresses)
        {
            factory.SocketFactory = family => new PublicTcpClient(family);
        }

        var endpoints = rabbit.Endpoints.Select(endpoint => SinkEndpoints.Parse(endpoint)!).Select(endpoint => new AmqpTcpEndpoint(endpoint.Host, endpoint.Port, Ssl(tls, endpoint.Host)));
        return new(factory, [.. endpoints], new(options, metrics, time), options.SinkTimeout, time);
    }

    private static SslOption Ssl(SinkTls? tls, string host)
    {
        if (tls is null)
        {
            return new();
        }

        var ssl = new SslOption { Enabled = true, ServerName = host };
        if (tls.Trust is { } trust)
        {
            ssl.CertificateValidationCallback = (_, certificate, chain, errors) => trust.Accepts(certificate, chain, errors);
        }

        if (tls.Identity is { } identity)
        {
            ssl.ClientCertificateContext = identity.Context();
        }

        return ssl;
    }
}
