using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using MessengerOperator.ProviderSimulator.Accounts;
using MessengerOperator.ProviderSimulator.Control;
using Microsoft.Extensions.Time.Testing;

namespace MessengerOperator.ProviderSimulator.Tests.Nexmo;

/// <summary>A simulator with one Vonage account, and a client of its API.</summary>
internal sealed class NexmoSimulation : IAsyncDisposable
{
    public const string ApiKey = "abcd1234";
    public const string ApiSecret = "ABCDEFGH01234abc";
    public const string ApplicationId = "cccccccc-0000-4000-8000-000000000001";

    private readonly SimulatorApp _app;

    private NexmoSimulation(SimulatorApp app, FakeTimeProvider? clock)
    {
        (_app, Clock) = (app, clock);
        Control = app.CreateControl();
        Http = new HttpClient { BaseAddress = app.ProviderUri };
    }

    public SimulatorControl Control { get; }

    public HttpClient Http { get; }

    public FakeTimeProvider? Clock { get; }

    public static async Task<NexmoSimulation> StartAsync(bool fakeClock = false, double timeScale = 1, params (string Name, string Value)[] settings)
    {
        var clock = fakeClock ? new FakeTimeProvider(TimeProvider.System.GetUtcNow()) : null;
        var simulation = new NexmoSimulation(await SimulatorApp.StartAsync(new SimulatorOptions { Clock = clock ?? TimeProvider.System, TimeScale = timeScale }), clock);
        await simulation.Control.CreateAccountAsync(new AccountRequest
        {
            Provider = "Nexmo",
            Id = ApiKey,
            Token = ApiSecret,
            Settings = settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value),
        });
        return simulation;
    }

    /// <summary>Calls with key and secret, and gives status and body; a body that is no JSON object is null.</summary>
    public async Task<(int Status, JsonObject? Body)> CallAsync(HttpMethod method, string path, HttpContent? content = null, string secret = ApiSecret, AuthenticationHeaderValue? login = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = content };
        request.Headers.Authorization = login ?? new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{ApiKey}:{secret}")));
        using var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, text.StartsWith('{') ? JsonNode.Parse(text)!.AsObject() : null);
    }

    public Task<(int Status, JsonObject? Body)> PostAsync(string path, params (string Name, string Value)[] fields) =>
        CallAsync(HttpMethod.Post, path, new FormUrlEncodedContent(fields.Select(field => new KeyValuePair<string, string>(field.Name, field.Value))));

    public Task<(int Status, JsonObject? Body)> GetApplicationAsync() => CallAsync(HttpMethod.Get, $"v2/applications/{ApplicationId}");

    public Task<(int Status, JsonObject? Body)> PutApplicationAsync(JsonObject application) =>
        CallAsync(HttpMethod.Put, $"v2/applications/{ApplicationId}", new StringContent(application.ToJsonString(), Encoding.UTF8, "application/json"));

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        Control.Dispose();
        await _app.DisposeAsync();
    }
}
