using MessengerOperator.Providers.Webhooks;
using MessengerOperator.Receiver.Configuration;
using MessengerOperator.Receiver.Telemetry;
using StackExchange.Redis;

namespace MessengerOperator.Receiver.Sinks.Redis;

/// <summary>Redis streams. Those at one server with one user share their connection.</summary>
internal sealed class RedisSinkKind(SinkPool pool, ReceiverOptions options, ReceiverMetrics metrics, TimeProvider time) : ISinkKind
{
    public string Name => "redis";

    public bool IsIn(ReceiverSink sink) => sink.Redis is not null;

    public IEnumerable<string> Check(ReceiverSink sink)
    {
        var redis = sink.Redis!;
        if (SinkEndpoints.Problem(redis.Endpoints) is { } problem)
        {
            yield return $".endpoints: {problem}";
        }

        if (string.IsNullOrEmpty(redis.Stream))
        {
            yield return ".stream: a key is needed";
        }

        if (redis.MaxLength < 1 || redis.MaxEventBytes < 1)
        {
            yield return ": maxLength and maxEventBytes must be 1 or more";
        }

        if (redis is { UserNameFile: not null, PasswordFile: null })
        {
            yield return ": a user needs a passwordFile";
        }

        if (redis.Tls is { } tls && tls.ClientCertificateFile is null != tls.ClientKeyFile is null)
        {
            yield return ".tls: clientCertificateFile and clientKeyFile belong together";
        }
    }

    public IEnumerable<string> Files(ReceiverSink sink)
    {
        var redis = sink.Redis!;
        return new[] { redis.UserNameFile, redis.PasswordFile, redis.Tls?.CaBundleFile, redis.Tls?.ClientCertificateFile, redis.Tls?.ClientKeyFile }.OfType<string>();
    }

    public IEventSink? Open(ReceiverSink sink, SinkFiles files)
    {
        var redis = sink.Redis!;
        var user = files.Optional(redis.UserNameFile, "user name");
        var password = files.Optional(redis.PasswordFile, "password");
        var tls = files.Tls(redis.Tls);
        if (files.HasProblems)
        {
            return null;
        }

        var key = SinkKey.Of(Name, [user, password, tls?.Fingerprint, redis.DenyPrivateAddresses ? "public" : null, .. redis.Endpoints]);
        return new RedisEventSink(redis, pool.Share(key, () => new RedisConnection(Settings(redis, user, password, tls), new(options, metrics, time), options.SinkTimeout, time)));
    }

    private ConfigurationOptions Settings(ReceiverRedisSink redis, string? user, string? password, SinkTls? tls)
    {
        var milliseconds = (int)options.SinkTimeout.TotalMilliseconds;
        var settings = new ConfigurationOptions
        {
            User = user,
            Password = password,
            ClientName = "messenger-receiver",
            AbortOnConnectFail = true,
            ConnectRetry = 1,
            ConnectTimeout = milliseconds,
            SyncTimeout = milliseconds,
            AsyncTimeout = milliseconds,
            // What cannot be sent now is somebody's to repeat: the spool's, or the provider's.
            BacklogPolicy = BacklogPolicy.FailFast,
            // Nothing is subscribed to, so there is no second connection, and the user needs no right but to XADD.
            CommandMap = CommandMap.Create(["SUBSCRIBE", "PSUBSCRIBE", "UNSUBSCRIBE", "PUNSUBSCRIBE", "PUBLISH", "CONFIG"], available: false),
            ConfigurationChannel = string.Empty,
            TieBreaker = string.Empty,
            SetClientLibrary = false,
            IncludeDetailInExceptions = false,
        };
        foreach (var endpoint in redis.Endpoints)
        {
            var parsed = SinkEndpoints.Parse(endpoint)!;
            settings.EndPoints.Add(parsed.Host, parsed.Port);
        }

        if (tls is not null)
        {
            settings.Ssl = true;
            settings.SslClientAuthenticationOptions = host => tls.Options(host);
        }

        if (redis.DenyPrivateAddresses)
        {
            settings.Tunnel = new PublicTunnel();
        }

        return settings;
    }
}
