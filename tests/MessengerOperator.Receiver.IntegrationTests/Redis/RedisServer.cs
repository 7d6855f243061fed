using MessengerOperator.Providers.Webhooks;
using MessengerOperator.Receiver.IntegrationTests.Harness;
using StackExchange.Redis;

namespace MessengerOperator.Receiver.IntegrationTests.Redis;

/// <summary>Debian's Redis, with a user that may do what the sink needs and nothing else.</summary>
public sealed class RedisServer : ISinkServer, IAsyncLifetime
{
    private const string AdminPassword = "admin-password";

    private readonly string _folder = Directory.CreateTempSubdirectory("redis-").FullName;
    private readonly int _port = ServerProcess.FreePort();
    private readonly int _tlsPort = ServerProcess.FreePort();
    private readonly Dictionary<string, string> _files = new(StringComparer.Ordinal)
    {
        ["user"] = "sink",
        ["password"] = "right-password-4711",
        ["wrong-password"] = "wrong-password-4712",
    };

    private ServerProcess? _server;

    IReadOnlyDictionary<string, string> ISinkServer.Files => _files;

    int ISinkServer.TooLarge => 40_000;

    public async ValueTask InitializeAsync()
    {
        await ServerProcess.InstallAsync("redis-server", "redis-server");
        using var authority = new TestCertificates();
        using var other = new TestCertificates();
        var (certificate, key) = authority.Issue();
        (_files["ca.pem"], _files["other-ca.pem"]) = (authority.AuthorityPem, other.AuthorityPem);
        await WriteAsync("tls.pem", certificate);
        await WriteAsync("tls.key", key);
        await WriteAsync("ca.pem", authority.AuthorityPem);
        await WriteAsync("redis.conf", $"""
            bind 127.0.0.1
            port {_port}
            tls-port {_tlsPort}
            tls-cert-file {_folder}/tls.pem
            tls-key-file {_folder}/tls.key
            tls-ca-cert-file {_folder}/ca.pem
            tls-auth-clients no
            dir {_folder}
            appendonly yes
            appendfsync always
            save ""
            user default off
            user admin on >{AdminPassword} ~* &* +@all
            user sink on >{_files["password"]} ~events-* resetchannels -@all +xadd +ping +echo +info +client +cluster +hello +select
            """);
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    ReceiverSink ISinkServer.Sink(string place) => SinkAt(_port, place, "password", tls: null);

    (ReceiverSink? Sink, string? WhyNot) ISinkServer.WithWrongPassword(string place) => (SinkAt(_port, place, "wrong-password", tls: null), null);

    (ReceiverSink? Sink, string? WhyNot) ISinkServer.WithTls(string place, string caBundleFile) =>
        (SinkAt(_tlsPort, place, "password", new() { CaBundleFile = caBundleFile }), null);

    Task ISinkServer.PrepareAsync(string place) => Task.CompletedTask;

    Task ISinkServer.DownAsync() => _server!.KillAsync();

    Task ISinkServer.UpAsync() => StartAsync();

    async Task<IReadOnlyList<TakenEvent>> ISinkServer.TakenAsync(string place)
    {
        await using var admin = await ConnectAsync();
        return [.. (await admin.GetDatabase().StreamRangeAsync(place)).Select(entry =>
        {
            var fields = entry.Values.ToDictionary(value => value.Name.ToString(), value => value.Value.ToString());
            return new TakenEvent(
                fields.Where(field => field.Key.StartsWith("ce_", StringComparison.Ordinal)).ToDictionary(field => field.Key[3..], field => field.Value),
                fields["content-type"],
                fields["data"]);
        })];
    }

    /// <summary>An administrator's connection.</summary>
    internal async Task<ConnectionMultiplexer> ConnectAsync() =>
        await ConnectionMultiplexer.ConnectAsync(new ConfigurationOptions { EndPoints = { { "127.0.0.1", _port } }, User = "admin", Password = AdminPassword, AllowAdmin = true });

    private static ReceiverSink SinkAt(int port, string place, string passwordFile, ReceiverTls? tls) => new()
    {
        Redis = new() { Endpoints = [$"localhost:{port}"], Stream = place, MaxEventBytes = 32_000, UserNameFile = "user", PasswordFile = passwordFile, Tls = tls },
    };

    private async Task StartAsync() => _server = await ServerProcess.StartAsync("redis-server", [Path.Combine(_folder, "redis.conf")], "Ready to accept connections");

    private Task WriteAsync(string name, string text) => File.WriteAllTextAsync(Path.Combine(_folder, name), text);
}
