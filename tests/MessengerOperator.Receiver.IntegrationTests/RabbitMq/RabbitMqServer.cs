using System.Diagnostics;
using System.Text;
using MessengerOperator.Providers.Webhooks;
using MessengerOperator.Receiver.IntegrationTests.Harness;
using MessengerOperator.TestKit;
using RabbitMQ.Client;

namespace MessengerOperator.Receiver.IntegrationTests.RabbitMq;

/// <summary>Debian's RabbitMQ with quorum queues. It takes most of a minute to start, so that it can be reached or not is up to a relay before it.</summary>
public sealed class RabbitMqServer : ISinkServer, IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rabbitmq-").FullName;
    private readonly int _port = FreePort.Take();
    private readonly int _tlsPort = FreePort.Take();
    private readonly int _mapperPort = FreePort.Take();
    private readonly Dictionary<string, string> _files = new(StringComparer.Ordinal)
    {
        ["user"] = "sink",
        ["password"] = "right-password-4711",
        ["wrong-password"] = "wrong-password-4712",
    };

    private ServerProcess? _server;
    private CuttableProxy? _relay;

    IReadOnlyDictionary<string, string> ISinkServer.Files => _files;

    int ISinkServer.TooLarge => 70_000;

    public async ValueTask InitializeAsync()
    {
        await ServerProcess.InstallAsync("rabbitmq-server", "rabbitmq-server");
        using var authority = new TestCertificates();
        using var other = new TestCertificates();
        var (certificate, key) = authority.Issue();
        (_files["ca.pem"], _files["other-ca.pem"]) = (authority.AuthorityPem, other.AuthorityPem);
        await WriteAsync("tls.pem", certificate);
        await WriteAsync("tls.key", key);
        await WriteAsync("ca.pem", authority.AuthorityPem);
        await WriteAsync("enabled_plugins", "[].");
        await WriteAsync("rabbitmq.conf", $"""
            listeners.tcp.1 = 127.0.0.1:{_port}
            listeners.ssl.1 = 127.0.0.1:{_tlsPort}
            ssl_options.cacertfile = {_folder}/ca.pem
            ssl_options.certfile = {_folder}/tls.pem
            ssl_options.keyfile = {_folder}/tls.key
            max_message_size = 65536
            disk_free_limit.absolute = 1MB
            default_user = {_files["user"]}
            default_pass = {_files["password"]}
            log.console = true
            log.file = false
            """);
        _server = await ServerProcess.StartAsync("/usr/lib/rabbitmq/bin/rabbitmq-server", [], "Server startup complete", Environment());
        _relay = new(new($"amqp://127.0.0.1:{_port}"));
    }

    public async ValueTask DisposeAsync()
    {
        if (_relay is not null)
        {
            await _relay.DisposeAsync();
        }

        if (_server is not null)
        {
            await _server.DisposeAsync();
            using var mapper = Process.Start(new ProcessStartInfo("epmd", ["-port", $"{_mapperPort}", "-kill"]) { RedirectStandardOutput = true })!;
            await mapper.WaitForExitAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    ReceiverSink ISinkServer.Sink(string place) => SinkAt(new Uri(_relay!.Address).Port, place, "password", tls: null);

    (ReceiverSink? Sink, string? WhyNot) ISinkServer.WithWrongPassword(string place) => (SinkAt(_port, place, "wrong-password", tls: null), null);

    (ReceiverSink? Sink, string? WhyNot) ISinkServer.WithTls(string place, string caBundleFile) =>
        (SinkAt(_tlsPort, place, "password", new() { CaBundleFile = caBundleFile }), null);

    Task ISinkServer.PrepareAsync(string place) => Task.CompletedTask;

    Task ISinkServer.DownAsync()
    {
        _relay!.Refuse();
        return Task.CompletedTask;
    }

    Task ISinkServer.UpAsync()
    {
        _relay!.Restore();
        return Task.CompletedTask;
    }

    async Task<IReadOnlyList<TakenEvent>> ISinkServer.TakenAsync(string place)
    {
        await using var connection = await ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        var taken = new List<TakenEvent>();
        while (await channel.BasicGetAsync(place, autoAck: false, CancellationToken.None) is { } message)
        {
            Assert.True(message.BasicProperties.Persistent);
            // RabbitMQ adds its own: x-delivery-count, from the second look on.
            var headers = message.BasicProperties.Headers!.Where(header => header.Key.StartsWith("cloudEvents_", StringComparison.Ordinal))
                .ToDictionary(header => header.Key, header => Encoding.UTF8.GetString((byte[])header.Value!));
            taken.Add(new(
                headers.ToDictionary(header => header.Key["cloudEvents_".Length..], header => header.Value),
                message.BasicProperties.ContentType!,
                Encoding.UTF8.GetString(message.Body.Span)));
        }

        // Not acknowledged, so that they are there for the next look.
        return taken;
    }

    /// <summary>A connection of the same user.</summary>
    internal Task<IConnection> ConnectAsync() =>
        new ConnectionFactory { HostName = "127.0.0.1", Port = _port, UserName = _files["user"], Password = _files["password"] }.CreateConnectionAsync(CancellationToken.None);

    private static ReceiverSink SinkAt(int port, string place, string passwordFile, ReceiverTls? tls) => new()
    {
        RabbitMq = new() { Endpoints = [$"localhost:{port}"], Queue = place, DeclareQueue = true, UserNameFile = "user", PasswordFile = passwordFile, Tls = tls },
    };

    // Everything that one Erlang node finds another by is its own, so that it meets no other RabbitMQ of the machine.
    private Dictionary<string, string> Environment() => new(StringComparer.Ordinal)
    {
        ["HOME"] = _folder,
        ["RABBITMQ_NODENAME"] = $"test{_port}@localhost",
        ["RABBITMQ_MNESIA_BASE"] = Path.Combine(_folder, "mnesia"),
        ["RABBITMQ_LOG_BASE"] = Path.Combine(_folder, "log"),
        ["RABBITMQ_CONFIG_FILE"] = Path.Combine(_folder, "rabbitmq.conf"),
        ["RABBITMQ_CONF_ENV_FILE"] = "/dev/null",
        ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(_folder, "enabled_plugins"),
        ["RABBITMQ_DIST_PORT"] = $"{FreePort.Take()}",
        ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "+sbwt none",
        ["ERL_EPMD_PORT"] = $"{_mapperPort}",
        ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
    };

    private Task WriteAsync(string name, string text) => File.WriteAllTextAsync(Path.Combine(_folder, name), text);
}
