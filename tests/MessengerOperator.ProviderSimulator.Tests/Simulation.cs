using System.Net.Http.Json;
using System.Text.Json.Nodes;
using MessengerOperator.ProviderSimulator.Accounts;
using MessengerOperator.ProviderSimulator.Control;
using Microsoft.Extensions.Time.Testing;

namespace MessengerOperator.ProviderSimulator.Tests;

/// <summary>A simulator, its control client, and a bot to call it as.</summary>
internal sealed class Simulation : IAsyncDisposable
{
    public const string Secret = "Zm9vYmFy_secret-01";
    public const string BotId = "700000001";
    public const string Token = "700000001:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0";

    private Simulation(SimulatorApp app, FakeTimeProvider? clock)
    {
        App = app;
        Clock = clock;
        Control = app.CreateControl();
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = app.ProviderUri };
    }

    public SimulatorApp App { get; }

    public SimulatorControl Control { get; }

    public HttpClient Http { get; }

    public FakeTimeProvider? Clock { get; }

    /// <summary>Starts with one bot; a fake clock starts at the real time, because messages carry dates.</summary>
    public static async Task<Simulation> StartAsync(bool localMode = false, bool fakeClock = false, SimulatorOptions? options = null)
    {
        var clock = fakeClock ? new FakeTimeProvider(TimeProvider.System.GetUtcNow()) : null;
        var app = await SimulatorApp.StartAsync((options ?? new SimulatorOptions()) with { Clock = clock ?? TimeProvider.System });
        var simulation = new Simulation(app, clock);
        await simulation.Control.CreateAccountAsync(new AccountRequest { Token = Token, Username = "acme_support_bot", LocalMode = localMode });
        return simulation;
    }

    public Task<HttpResponseMessage> PostAsync(string method, JsonObject? arguments = null, string token = Token) =>
        Http.PostAsync(new Uri($"/bot{token}/{method}", UriKind.Relative), arguments is null ? null : JsonContent.Create(arguments));

    /// <summary>Calls a method and returns the HTTP status and the envelope.</summary>
    public async Task<(int Status, JsonObject Envelope)> CallAsync(string method, JsonObject? arguments = null, string token = Token)
    {
        using var response = await PostAsync(method, arguments, token);
        var envelope = (JsonObject)JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        return ((int)response.StatusCode, envelope);
    }

    public Task<(int Status, JsonObject Envelope)> SetWebhookAsync(string url, string? secret = Secret) =>
        CallAsync("setWebhook", new JsonObject { ["url"] = url, ["secret_token"] = secret });

    public async Task<JsonObject> WebhookInfoAsync() => (JsonObject)(await CallAsync("getWebhookInfo")).Envelope["result"]!;

    public Task<DeliveryReport> DeliveriesAsync(string waitFor) => Control.GetDeliveriesAsync(BotId, waitFor);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        Control.Dispose();
        await App.DisposeAsync();
    }
}
