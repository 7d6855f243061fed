using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using MessengerOperator.Receiver.Configuration;
using MessengerOperator.Receiver.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace MessengerOperator.Receiver.Tests.Harness;

/// <summary>The real application on loopback, with a configuration folder of its own.</summary>
internal sealed class ReceiverUnderTest : IAsyncDisposable
{
    public const string Path = "/contact-centre/acme-support";
    public const string Secret = "Zm9vYmFy_secret-01";
    public const string TokenHeader = "X-Telegram-Bot-Api-Secret-Token";

    private readonly StringWriter _log = new();
    private readonly WebApplication _application;

    private ReceiverUnderTest(string folder, WebApplication application, StringWriter log)
    {
        Folder = folder;
        _application = application;
        _log = log;
    }

    public string Folder { get; }

    public int TrafficPort { get; private set; }

    public HttpClient Traffic { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    public HttpClient Management { get; } = new();

    public IServiceProvider Services => _application.Services;

    public string Log
    {
        get
        {
            lock (_log)
            {
                return _log.ToString();
            }
        }
    }

    /// <summary>Starts a receiver whose folder <paramref name="prepare"/> has filled; receiver.json and one key by default.</summary>
    public static async Task<ReceiverUnderTest> StartAsync(
        TestSink sink, Action<ReceiverOptions>? options = null, Action<string>? prepare = null, Action<IServiceCollection>? configure = null)
    {
        var folder = Directory.CreateTempSubdirectory("receiver-").FullName;
        WriteKey(folder, "token", Secret);
        WriteConfiguration(folder, Route(sink));
        prepare?.Invoke(folder);
        return await StartInAsync(folder, options, configure);
    }

    /// <summary>Starts a receiver with a spool, in a folder of its own or in one that an earlier receiver has left.</summary>
    public static async Task<ReceiverUnderTest> StartWithSpoolAsync(
        TestSink sink, string? spool = null, Action<ReceiverOptions>? options = null, Action<string>? prepare = null, Action<IServiceCollection>? configure = null) => await StartAsync(
            sink,
            values =>
            {
                values.SpoolDirectory = spool ?? System.IO.Path.Combine(System.IO.Path.GetDirectoryName(values.ConfigPath)!, "spool");
                values.DrainTimeout = TimeSpan.FromSeconds(5);
                options?.Invoke(values);
            },
            prepare,
            configure);

    public static void WriteConfiguration(string folder, params JsonObject[] routes) =>
        Write(folder, "receiver.json", new JsonObject { ["version"] = 1, ["routes"] = new JsonArray([.. routes]) }.ToJsonString());

    public static void WriteKey(string folder, string name, string value) => Write(folder, name, value + "\n");

    /// <summary>Replaces a file in one step, as a mount does.</summary>
    public static void Write(string folder, string name, string content)
    {
        var file = System.IO.Path.Combine(folder, name);
        File.WriteAllText(file + ".new", content);
        File.Move(file + ".new", file, overwrite: true);
    }

    public static JsonObject Route(TestSink sink, string integration = "contact-centre/acme-support", string path = Path, string key = "token") => new()
    {
        ["integration"] = integration,
        ["provider"] = "Telegram",
        ["path"] = path,
        ["accountId"] = "700000001",
        ["accountName"] = "acme_support_bot",
        ["keys"] = new JsonObject { ["secretToken"] = new JsonArray(key, key + "-next") },
        ["probeKeyFile"] = "probe-key",
        ["sink"] = new JsonObject { ["http"] = new JsonObject { ["url"] = $"http://127.0.0.1:{sink.Port}/events" } },
    };

    public static string Update(int id = 810000001, string text = "hello operator", long chat = 5000000001) => $$$"""
        {"update_id":{{{id}}},"message":{"message_id":{{{id % 1000}}},"from":{"id":5000000001,"is_bot":false,"first_name":"Ira"},"chat":{"id":{{{chat}}},"type":"private"},"date":1790000000,"text":"{{{text}}}"}}
        """;

    /// <summary>Posts an update as Telegram does, and checks what holds for every answer.</summary>
    public Task<HttpResponseMessage> PostAsync(string body, string? token = Secret, string path = Path, string contentType = "application/json")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation(TokenHeader, token);
        }

        return SendAsync(request);
    }

    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        var response = await Traffic.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.False(response.Headers.Contains("Server"));
        Assert.NotEqual(HttpStatusCode.Gone, response.StatusCode);
        Assert.False((int)response.StatusCode is >= 300 and < 400);
        return response;
    }

    /// <summary>Sends bytes as they are; the whole answer.</summary>
    public Task<string> SendRawAsync(string head, byte[]? body = null) => RawHttp.SendAsync(TrafficPort, head, body ?? []);

    public async Task<string> MetricsAsync() => await Management.GetStringAsync("/metrics", TestContext.Current.CancellationToken);

    /// <summary>A part of the first route's status.</summary>
    public async Task<T?> RouteStatusAsync<T>(string name) => (await StatusAsync())["routes"]![0]![name] is { } node ? node.GetValue<T>() : default;

    public async Task<JsonNode> StatusAsync() => JsonNode.Parse(await Management.GetStringAsync("/status", TestContext.Current.CancellationToken))!;

    public async Task<(HttpStatusCode Status, string Text)> ReadinessAsync()
    {
        using var response = await Management.GetAsync("/readyz", TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public Task StopAsync() => _application.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Traffic.Dispose();
        Management.Dispose();
        using var atOnce = new CancellationTokenSource();
        await atOnce.CancelAsync();
        await _application.StopAsync(atOnce.Token);
        await _application.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private static async Task<ReceiverUnderTest> StartInAsync(string folder, Action<ReceiverOptions>? configureOptions, Action<IServiceCollection>? configure)
    {
        var options = new ReceiverOptions
        {
            ConfigPath = System.IO.Path.Combine(folder, "receiver.json"),
            ListenAddress = "127.0.0.1",
            TrafficPort = 0,
            ManagementPort = 0,
            ReloadInterval = TimeSpan.FromMilliseconds(20),
            Lameduck = TimeSpan.FromMilliseconds(500),
            LogLevel = LogLevel.Trace,
        };
        configureOptions?.Invoke(options);
        var log = new StringWriter();
        var application = ReceiverApplication.Build(options, services =>
        {
            services.AddSerilog(logger => logger.WithReceiverLevels(options.LogLevel).WriteTo.Sink(new LogCollector(log)), preserveStaticLogger: true);
            services.AddSingleton<IHostLifetime, NoSignals>();
            configure?.Invoke(services);
        });
        Assert.Empty(application.Services.GetRequiredService<ConfigurationWatcher>().LoadFirst());
        await application.StartAsync(TestContext.Current.CancellationToken);
        var receiver = new ReceiverUnderTest(folder, application, log) { TrafficPort = new Uri(application.Urls.First()).Port };
        receiver.Traffic.BaseAddress = new(application.Urls.First());
        receiver.Management.BaseAddress = new(application.Urls.Last());
        return receiver;
    }

    private sealed class LogCollector(StringWriter writer) : ILogEventSink
    {
        private readonly RenderedCompactJsonFormatter _formatter = new();

        public void Emit(LogEvent logEvent)
        {
            lock (writer)
            {
                _formatter.Format(logEvent, writer);
            }
        }
    }

    /// <summary>The test runner's signals are not ours.</summary>
    private sealed class NoSignals : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
