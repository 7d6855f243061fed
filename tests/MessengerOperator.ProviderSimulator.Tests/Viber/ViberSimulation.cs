using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using MessengerOperator.ProviderSimulator.Accounts;
using MessengerOperator.ProviderSimulator.Control;
using Microsoft.Extensions.Time.Testing;

namespace MessengerOperator.ProviderSimulator.Tests.Viber;

/// <summary>A simulator with a Viber bot, and a receiver.</summary>
internal sealed class ViberSimulation : IAsyncDisposable
{
    public const string BotId = "pa:750000000000000001";
    public const string Token = "50aa11bb22cc33dd-44ee55ff66aa77bb-88cc99dd00ee11ff";
    public const string NewToken = "11aa11bb22cc33dd-44ee55ff66aa77bb-88cc99dd00ee11ff";

    private readonly SimulatorApp _app;
    private readonly HttpClient _http;

    private ViberSimulation(SimulatorApp app, StubReceiver receiver, FakeTimeProvider? clock)
    {
        (_app, Receiver, Clock) = (app, receiver, clock);
        Control = app.CreateControl();
        _http = new HttpClient { BaseAddress = app.ProviderUri };
    }

    public SimulatorControl Control { get; }

    public StubReceiver Receiver { get; }

    public FakeTimeProvider? Clock { get; }

    public static async Task<ViberSimulation> StartAsync(bool fakeClock = false, bool localMode = true)
    {
        var clock = fakeClock ? new FakeTimeProvider(TimeProvider.System.GetUtcNow()) : null;
        var app = await SimulatorApp.StartAsync(new SimulatorOptions { Clock = clock ?? TimeProvider.System });
        var simulation = new ViberSimulation(app, await StubReceiver.StartAsync(), clock);
        await simulation.Control.CreateAccountAsync(new AccountRequest { Provider = "Viber", Id = BotId, Token = Token, Username = "acmesupport", LocalMode = localMode });
        return simulation;
    }

    public async Task<JsonObject> CallAsync(string method, JsonObject? body = null, string? token = Token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/pa/{method}") { Content = JsonContent.Create(body ?? []) };
        if (token is not null)
        {
            request.Headers.Add("X-Viber-Auth-Token", token);
        }

        using var response = await _http.SendAsync(request);
        Assert.Equal(200, (int)response.StatusCode);
        return (JsonObject)JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }

    public async Task<int> StatusAsync(string method, JsonObject? body = null, string? token = Token) => (await CallAsync(method, body, token))["status"]!.GetValue<int>();

    public Task<JsonObject> SetWebhookAsync(string? url = null, params string[] eventTypes) => CallAsync(
        "set_webhook",
        new JsonObject { ["url"] = url ?? Receiver.HookUrl, ["event_types"] = new JsonArray([.. eventTypes.Select(name => JsonValue.Create(name))]), ["send_name"] = true });

    public Task<AcceptedEvent> DoAsync(MessageKind kind) => Control.SendMessageAsync(BotId, new CustomerMessage { Kind = kind });

    public static string SignatureOf(ReceivedRequest request, string token = Token) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.ASCII.GetBytes(token), request.Body));

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        Control.Dispose();
        await _app.DisposeAsync();
        await Receiver.DisposeAsync();
    }
}
