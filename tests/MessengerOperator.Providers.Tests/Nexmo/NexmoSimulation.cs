using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using MessengerOperator.Providers.Accounts;
using MessengerOperator.Providers.Http;
using MessengerOperator.ProviderSimulator;
using MessengerOperator.ProviderSimulator.Accounts;
using MessengerOperator.ProviderSimulator.Control;
using Microsoft.Extensions.DependencyInjection;

namespace MessengerOperator.Providers.Tests.Nexmo;

/// <summary>A simulated Vonage with one account, and the account half that calls it.</summary>
internal sealed class NexmoSimulation : IAsyncDisposable
{
    public const string ApiKey = NexmoVectors.ApiKey;
    public const string ApiSecret = NexmoVectors.ApiSecret;
    public const string Number = "447700900000";

    private static readonly RSA Key = RSA.Create(2048);

    private readonly ServiceProvider _services;

    private NexmoSimulation(SimulatorApp simulator)
    {
        Simulator = simulator;
        Control = simulator.CreateControl();
        _services = new ServiceCollection()
            .AddLogging()
            .AddProviderHttp(http =>
            {
                http.BaseAddresses["NexmoRest"] = simulator.ProviderUri;
                http.BaseAddresses["NexmoApi"] = simulator.ProviderUri;
                http.TimeoutSeconds = 5;
                http.AccountBurst = 1000;
            })
            .BuildServiceProvider();
        Accounts = TestProviders.Get("Nexmo").CreateAccounts(_services.GetRequiredService<ProviderHttp>());
    }

    public static string PrivateKey { get; } = Key.ExportPkcs8PrivateKeyPem();

    public SimulatorApp Simulator { get; }

    public SimulatorControl Control { get; }

    public IProviderAccounts Accounts { get; }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Starts; URLs are called before they are taken only when <paramref name="settings"/> say so.</summary>
    public static async Task<NexmoSimulation> StartAsync(IReadOnlyDictionary<string, string?>? settings = null, double timeScale = 1)
    {
        var simulation = new NexmoSimulation(await SimulatorApp.StartAsync(new SimulatorOptions { TimeScale = timeScale }, Cancelled));
        var all = new Dictionary<string, string?>
        {
            ["publicKey"] = Key.ExportSubjectPublicKeyInfoPem(),
            ["applicationIds"] = NexmoVectors.ApplicationId,
            ["signatureSecret"] = NexmoVectors.SmsSecret,
            ["probes"] = "false",
        };
        foreach (var (name, value) in settings ?? new Dictionary<string, string?>())
        {
            all[name] = value;
        }

        await simulation.Control.CreateAccountAsync(new AccountRequest { Provider = "Nexmo", Id = ApiKey, Token = ApiSecret, Settings = all }, Cancelled);
        return simulation;
    }

    /// <summary>The account as the operator hands it over.</summary>
    public static ProviderAccount Account(string settings, string apiSecret = ApiSecret, string? privateKey = null)
    {
        var credentials = new Dictionary<string, Secret> { ["apiSecret"] = new(apiSecret), ["signatureSecret"] = new(NexmoVectors.SmsSecret), ["privateKey"] = new(privateKey ?? PrivateKey) };
        return new ProviderAccount("uid", new ProviderSettings(JsonDocument.Parse(settings).RootElement), credentials);
    }

    /// <summary>What is left of it when a registration is removed: credentials, and the address where there was one.</summary>
    public static ProviderAccount Departing(string settings = "{}", string apiSecret = ApiSecret) =>
        new("uid", new ProviderSettings(JsonDocument.Parse(settings).RootElement), new Dictionary<string, Secret> { ["apiSecret"] = new(apiSecret) });

    /// <summary>The application as the simulator shows it to anybody who asks with the right secret.</summary>
    public async Task<JsonObject> ApplicationAsync()
    {
        using var http = new HttpClient { BaseAddress = Simulator.ProviderUri };
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"v2/applications/{NexmoVectors.ApplicationId}", UriKind.Relative));
        request.Headers.Authorization = new("Basic", Convert.ToBase64String(NexmoVectors.Utf8($"{ApiKey}:{ApiSecret}")));
        using var response = await http.SendAsync(request, Cancelled);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancelled))!.AsObject();
    }

    public async ValueTask DisposeAsync()
    {
        Control.Dispose();
        await _services.DisposeAsync();
        await Simulator.DisposeAsync();
    }
}
