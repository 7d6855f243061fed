using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using MessengerOperator.Providers.Webhooks;
using MessengerOperator.Receiver.IntegrationTests.Harness;
using MessengerOperator.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace MessengerOperator.Receiver.IntegrationTests.Http;

/// <summary>An HTTP server that takes CloudEvents from who has its password as a bearer token, and over TLS from who has a certificate of its authority.</summary>
public sealed class HttpServer : ISinkServer, IAsyncLifetime
{
    private const int MostBytes = 32_000;

    private readonly ConcurrentDictionary<string, ConcurrentQueue<TakenEvent>> _taken = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _files = new(StringComparer.Ordinal) { ["password"] = "right-token-4711", ["wrong-password"] = "wrong-token-4712" };
    private WebApplication? _application;
    private CuttableProxy? _relay;
    private int _port;
    private int _tlsPort;

    IReadOnlyDictionary<string, string> ISinkServer.Files => _files;

    int ISinkServer.TooLarge => 40_000;

    public async ValueTask InitializeAsync()
    {
        using var authority = new TestCertificates();
        using var other = new TestCertificates();
        (_files["ca.pem"], _files["other-ca.pem"]) = (authority.AuthorityPem, other.AuthorityPem);
        (_files["client.pem"], _files["client.key"]) = authority.Issue("receiver");
        (_files["stranger.pem"], _files["stranger.key"]) = other.Issue("receiver");
        var (certificate, key) = authority.Issue();
        var trusted = X509Certificate2.CreateFromPem(authority.AuthorityPem);
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = MostBytes;
            kestrel.Listen(IPAddress.Loopback, 0, listener => listener.Protocols = HttpProtocols.Http1);
            kestrel.Listen(IPAddress.Loopback, 0, listener => listener.UseHttps(https =>
            {
                https.ServerCertificate = X509Certificate2.CreateFromPem(certificate, key);
                https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
                https.ClientCertificateValidation = (client, _, _) => SignedBy(trusted, client);
            }));
        });
        _application = builder.Build();
        _application.Run(TakeAsync);
        await _application.StartAsync();
        (_port, _tlsPort) = (new Uri(_application.Urls.First()).Port, new Uri(_application.Urls.Last()).Port);
        _relay = new(new($"http://127.0.0.1:{_port}"));
    }

    public async ValueTask DisposeAsync()
    {
        await _relay!.DisposeAsync();
        await _application!.DisposeAsync();
    }

    ReceiverSink ISinkServer.Sink(string place) => SinkAt($"http://127.0.0.1:{new Uri(_relay!.Address).Port}/{place}", "password");

    (ReceiverSink? Sink, string? WhyNot) ISinkServer.WithWrongPassword(string place) => (SinkAt($"http://127.0.0.1:{_port}/{place}", "wrong-password"), null);

    (ReceiverSink? Sink, string? WhyNot) ISinkServer.WithTls(string place, string caBundleFile) =>
        (new() { Http = SinkAt($"https://localhost:{_tlsPort}/{place}", "password").Http! with { CaBundleFile = caBundleFile, ClientCertificateFile = "client.pem", ClientKeyFile = "client.key" } }, null);

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

    Task<IReadOnlyList<TakenEvent>> ISinkServer.TakenAsync(string place) => Task.FromResult<IReadOnlyList<TakenEvent>>([.. _taken.GetValueOrDefault(place) ?? []]);

    private static ReceiverSink SinkAt(string url, string tokenFile) => new() { Http = new() { Url = new(url), BearerTokenFile = tokenFile } };

    private static bool SignedBy(X509Certificate2 authority, X509Certificate2 client)
    {
        using var chain = new X509Chain { ChainPolicy = { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, CustomTrustStore = { authority } } };
        return chain.Build(client);
    }

    private async Task TakeAsync(HttpContext context)
    {
        if (context.Request.Headers.Authorization != $"Bearer {_files["password"]}")
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        using var body = new MemoryStream();
        try
        {
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        }
        catch (Microsoft.AspNetCore.Http.BadHttpRequestException exception)
        {
            context.Response.StatusCode = exception.StatusCode;
            return;
        }

        var taken = context.Request.ContentType == "application/cloudevents+json; charset=utf-8" ? OfStructured(body.ToArray()) : OfBinary(context.Request, body.ToArray());
        _taken.GetOrAdd(context.Request.Path.Value![1..], _ => []).Enqueue(taken);
        context.Response.StatusCode = StatusCodes.Status202Accepted;
    }

    private static TakenEvent OfBinary(HttpRequest request, byte[] body) => new(
        request.Headers.Where(header => header.Key.StartsWith("ce-", StringComparison.OrdinalIgnoreCase))
            .ToDictionary(header => header.Key[3..].ToLowerInvariant(), header => Uri.UnescapeDataString(header.Value.ToString())),
        request.ContentType!,
        Encoding.UTF8.GetString(body));

    private static TakenEvent OfStructured(byte[] body)
    {
        using var document = JsonDocument.Parse(body);
        var fields = document.RootElement.EnumerateObject().ToDictionary(field => field.Name, field => field.Value.Clone());
        return new(
            fields.Where(field => field.Key is not ("data" or "datacontenttype")).ToDictionary(field => field.Key, field => field.Value.GetString()!),
            fields["datacontenttype"].GetString()!,
            fields["data"].GetRawText());
    }
}
