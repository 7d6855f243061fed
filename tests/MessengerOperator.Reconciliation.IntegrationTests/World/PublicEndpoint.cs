using System.Text;
using MessengerOperator.Edge;
using MessengerOperator.Providers.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MessengerOperator.Reconciliation.IntegrationTests.World;

/// <summary>What answers at the public URL: TLS on a loopback port, with a certificate of an authority of its own.</summary>
internal sealed class PublicEndpoint : IAsyncDisposable
{
    private readonly string _authorities = Path.GetTempFileName();
    private readonly TestCertificates _certificates;
    private WebApplication? _app;

    private PublicEndpoint(string host)
    {
        _certificates = TestCertificates.Create([host]);
        File.WriteAllText(_authorities, _certificates.AuthorityPem);
    }

    /// <summary>Scheme, host and port.</summary>
    public string Address => $"https://127.0.0.1:{Port}";

    /// <summary>The port on the loopback address.</summary>
    public int Port { get; private set; }

    /// <summary>Its authority's certificate.</summary>
    public string AuthorityPem => _certificates.AuthorityPem;

    /// <summary>Options of a world that trusts its authority, whose provider takes its address, and whose default URL it is.</summary>
    public WorldOptions Options => new()
    {
        LocalMode = true,
        Integrations = integrations =>
        {
            (integrations.ProbeCaBundleFile, integrations.ProbeTimeoutSeconds) = (_authorities, 3);
            integrations.WebhookUrl = new Uri(Address);
        },
    };

    /// <summary>What it answers; default: 404.</summary>
    public RequestDelegate Handler { get; set; } = context =>
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    };

    /// <summary>Starts one whose certificate is for <paramref name="host"/>.</summary>
    public static async Task<PublicEndpoint> StartAsync(string host = "127.0.0.1")
    {
        var endpoint = new PublicEndpoint(host);
        await endpoint.StartAsync();
        return endpoint;
    }

    /// <summary>Answers as the receiver of "acme" in that world does, which has always loaded what is newest.</summary>
    public void AnswersAsTheReceiverOf(TestWorld world) => AnswersWith(() => world.Group("acme").SecretAsync("acme.probe-key"));

    /// <summary>Answers as a receiver that has that probe key; null for none.</summary>
    public void AnswersWith(Func<Task<string?>> probeKey) => Handler = async context =>
    {
        var key = Encoding.UTF8.GetBytes(await probeKey() ?? "");
        var answer = ReachabilityProbe.Answer(key, context.Request.Headers[ReachabilityProbe.RequestHeader].ToString(), context.Request.Path);
        context.Response.StatusCode = answer is null ? StatusCodes.Status404NotFound : StatusCodes.Status204NoContent;
        if (answer is not null)
        {
            context.Response.Headers[ReachabilityProbe.ResponseHeader] = answer;
        }
    };

    /// <summary>Starts it at the port that it had before.</summary>
    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, Port, listen => listen.UseHttps(_certificates.Server)));
        _app = builder.Build();
        _app.Run(context => Handler(context));
        await _app.StartAsync(TestContext.Current.CancellationToken);
        Port = new Uri(_app.Urls.First()).Port;
    }

    /// <summary>From now on connections are refused.</summary>
    public async Task StopAsync()
    {
        await (_app?.DisposeAsync() ?? ValueTask.CompletedTask);
        _app = null;
    }

    /// <summary>The authorities that the operator trusts besides the system's.</summary>
    public void Trusts(string pem) => File.WriteAllText(_authorities, pem);

    /// <summary>The operator trusts its authority.</summary>
    public void TrustsItsOwn() => Trusts(_certificates.AuthorityPem);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _certificates.Dispose();
        File.Delete(_authorities);
    }
}
