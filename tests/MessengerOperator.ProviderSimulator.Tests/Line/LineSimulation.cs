using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using MessengerOperator.ProviderSimulator.Accounts;
using MessengerOperator.ProviderSimulator.Control;
using Microsoft.Extensions.Time.Testing;

namespace MessengerOperator.ProviderSimulator.Tests.Line;

/// <summary>A simulator with one LINE channel, that of the vectors of LINE's page, and a receiver to point it at.</summary>
internal sealed class LineSimulation : IAsyncDisposable
{
    public const string BotId = "U0123456789abcdef0123456789abcdef";
    public const string ChannelId = "1234567890";
    public const string ChannelSecret = "9f8e7d6c5b4a39281706f5e4d3c2b1a0";
    public const string Token = "bWFkZSB1cCBsb25nLWxpdmVkIHRva2Vu+/==";
    public const string EndpointPath = "/v2/bot/channel/webhook/endpoint";

    private LineSimulation(SimulatorApp app, StubReceiver receiver, FakeTimeProvider? clock)
    {
        App = app;
        Receiver = receiver;
        Clock = clock;
        Control = app.CreateControl();
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = app.ProviderUri };
    }

    public SimulatorApp App { get; }

    public StubReceiver Receiver { get; }

    public FakeTimeProvider? Clock { get; }

    public SimulatorControl Control { get; }

    public HttpClient Http { get; }

    public static async Task<LineSimulation> StartAsync(bool fakeClock = false, bool localMode = true, SimulatorOptions? options = null)
    {
        var clock = fakeClock ? new FakeTimeProvider(TimeProvider.System.GetUtcNow()) : null;
        var app = await SimulatorApp.StartAsync((options ?? new SimulatorOptions()) with { Clock = clock ?? TimeProvider.System });
        var simulation = new LineSimulation(app, await StubReceiver.StartAsync(), clock);
        await simulation.Control.CreateAccountAsync(new AccountRequest
        {
            Provider = "Line",
            Id = BotId,
            Token = Token,
            Username = "@123abcde",
            LocalMode = localMode,
            Settings = new Dictionary<string, string?> { ["channelId"] = ChannelId, ["channelSecret"] = ChannelSecret },
        });
        return simulation;
    }

    /// <summary>Starts with the receiver registered.</summary>
    public static async Task<LineSimulation> StartRegisteredAsync(bool fakeClock = false)
    {
        var simulation = await StartAsync(fakeClock);
        var (status, _) = await simulation.PutEndpointAsync(simulation.Receiver.HookUrl);
        Assert.Equal(200, status);
        return simulation;
    }

    public static string SignatureOf(byte[] body, string secret = ChannelSecret) => Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));

    public async Task<(int Status, JsonObject Body, HttpResponseHeaders Headers)> SendAsync(
        HttpMethod method, string path, HttpContent? content = null, string? token = Token, Action<HttpRequestHeaders>? headers = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = content };
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        headers?.Invoke(request.Headers);
        using var response = await Http.SendAsync(request);
        return ((int)response.StatusCode, (JsonObject)JsonNode.Parse(await response.Content.ReadAsStringAsync())!, response.Headers);
    }

    public async Task<(int Status, JsonObject Body)> GetAsync(string path, string? token = Token)
    {
        var (status, body, _) = await SendAsync(HttpMethod.Get, path, token: token);
        return (status, body);
    }

    public async Task<(int Status, JsonObject Body)> PostAsync(string path, JsonObject? json = null, Action<HttpRequestHeaders>? headers = null)
    {
        var (status, body, _) = await SendAsync(HttpMethod.Post, path, json is null ? null : JsonContent.Create(json), headers: headers);
        return (status, body);
    }

    public async Task<(int Status, JsonObject Body)> PostFormAsync(string path, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(field => new KeyValuePair<string, string>(field.Name, field.Value)));
        var (status, body, _) = await SendAsync(HttpMethod.Post, path, form, token: null);
        return (status, body);
    }

    public async Task<(int Status, JsonObject Body)> PutEndpointAsync(string endpoint)
    {
        var (status, body, _) = await SendAsync(HttpMethod.Put, EndpointPath, JsonContent.Create(new JsonObject { ["endpoint"] = endpoint }));
        return (status, body);
    }

    public Task SetAsync(string name, string value) => Control.ChangeAccountSettingAsync(BotId, name, value);

    public Task<DeliveryReport> DeliveriesAsync(string waitFor) => Control.GetDeliveriesAsync(BotId, waitFor);

    /// <summary>Moves the clock until there are so many attempts.</summary>
    public async Task<DeliveryReport> AdvanceUntilTriedAsync(int attempts, TimeSpan step)
    {
        for (var turn = 0; turn < 2000; turn++)
        {
            var report = await Control.GetDeliveriesAsync(BotId);
            if (report.Attempts >= attempts)
            {
                return report;
            }

            Clock!.Advance(step);
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, CancellationToken.None);
        }

        throw new TimeoutException($"There were never {attempts} attempts.");
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        Control.Dispose();
        await App.DisposeAsync();
        await Receiver.DisposeAsync();
    }
}
