using MessengerOperator.Providers.Webhooks;
using MessengerOperator.Receiver.IntegrationTests.Harness;
using StackExchange.Redis;

namespace MessengerOperator.Receiver.IntegrationTests.Redis;

/// <summary>Debian's Redis, with a user that may do what the sink needs and nothing else.</summary>
public class RedisServer : ISinkServer, IAsyncLifetime
{
    private protected const string Admin = "admin";
    private protected const string AdminPassword = "admin-password";

    private readonly int _size;
    private readonly string _folder = Directory.CreateTempSubdirectory("redis-").FullName;
    private readonly Dictionary<string, string> _files = new(StringComparer.Ordinal)
    {
        ["user"] = "sink",
        ["password"] = "right-password-4711",
        ["wrong-password"] = "wrong-password-4712",
    };

    /// <summary>A single server.</summary>
    public RedisServer()
        : this(1)
    {
    }

    private protected RedisServer(int size) => _size = size;

    IReadOnlyDictionary<string, string> ISinkServer.Files => _files;

    int ISinkServer.TooLarge => 40_000;

    internal IReadOnlyList<RedisNode> Nodes { get; private set; } = [];

    public virtual async ValueTask InitializeAsync()
    {
        await ServerProcess.InstallAsync("redis-server", "redis-server");
        using var authority = new TestCertificates();
        using var other = new TestCertificates();
        var (certificate, key) = authority.Issue();
        (_files["ca.pem"], _files["other-ca.pem"]) = (authority.AuthorityPem, other.AuthorityPem);
        await WriteAsync("tls.pem", certificate);
        await WriteAsync("tls.key", key);
        await WriteAsync("ca.pem", authority.AuthorityPem);
        var configuration = $"""
            tls-cert-file {_folder}/tls.pem
            tls-key-file {_folder}/tls.key
            tls-ca-cert-file {_folder}/ca.pem
            tls-auth-clients no
            user default off
            user {Admin} on >{AdminPassword} ~* &* +@all
            user sink on >{_files["password"]} ~events-* resetchannels -@all +xadd +ping +echo +info +client +cluster +hello +select +asking
            """;
        Nodes = [.. Enumerable.Range(0, _size).Select(_ => new RedisNode(_folder, configuration, inCluster: _size > 1))];
        await Task.WhenAll(Nodes.Select(node => node.StartAsync()));
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var node in Nodes)
        {
            await node.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    ReceiverSink ISinkServer.Sink(string place) => SinkAt(Nodes[0].Port, place, "password", tls: null);

    (ReceiverSink? Sink, string? WhyNot) ISinkServer.WithWrongPassword(string place) => (SinkAt(Nodes[0].Port, place, "wrong-password", tls: null), null);

    (ReceiverSink? Sink, string? WhyNot) ISinkServer.WithTls(string place, string caBundleFile) =>
        (SinkAt(Nodes[0].TlsPort, place, "password", new() { CaBundleFile = caBundleFile }), null);

    Task ISinkServer.PrepareAsync(string place) => Task.CompletedTask;

    Task ISinkServer.DownAsync() => Task.WhenAll(Nodes.Select(node => node.KillAsync()));

    Task ISinkServer.UpAsync() => UpAsync();

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
    internal async Task<ConnectionMultiplexer> ConnectAsync()
    {
        var settings = new ConfigurationOptions { User = Admin, Password = AdminPassword, AllowAdmin = true };
        foreach (var node in Nodes)
        {
            settings.EndPoints.Add("127.0.0.1", node.Port);
        }

        return await ConnectionMultiplexer.ConnectAsync(settings);
    }

    private protected virtual Task UpAsync() => Task.WhenAll(Nodes.Select(node => node.StartAsync()));

    private static ReceiverSink SinkAt(int port, string place, string passwordFile, ReceiverTls? tls) => new()
    {
        Redis = new() { Endpoints = [$"localhost:{port}"], Stream = place, MaxEventBytes = 32_000, UserNameFile = "user", PasswordFile = passwordFile, Tls = tls },
    };

    private Task WriteAsync(string name, string text) => File.WriteAllTextAsync(Path.Combine(_folder, name), text);
}
