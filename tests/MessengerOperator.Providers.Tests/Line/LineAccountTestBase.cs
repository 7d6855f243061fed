using System.Text.Json;
using MessengerOperator.Providers.Accounts;
using MessengerOperator.Providers.Http;
using MessengerOperator.Providers.Tests.Suites;
using MessengerOperator.ProviderSimulator;
using MessengerOperator.ProviderSimulator.Control;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MessengerOperator.Providers.Tests.Line;

/// <summary>A simulated LINE with one account and a receiver, and the account half that calls it.</summary>
public abstract class LineAccountTestBase : IAsyncLifetime
{
    private protected const string BotId = "U0123456789abcdef0123456789abcdef";
    private protected const string Token = "bWFkZSB1cCBsb25nLWxpdmVkIGNoYW5uZWwgYWNjZXNzIHRva2Vu+/bWFkZSB1cA==";
    private protected const string ChannelSecret = LineUnderTest.ChannelSecret;
    private protected static readonly DateTimeOffset Now = new(2026, 11, 24, 8, 0, 30, TimeSpan.Zero);

    private SimulatorApp _simulator = null!;
    private ServiceProvider _services = null!;

    private protected static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private protected PlantedLog Log { get; } = new();

    private protected SimulatorControl Control { get; private set; } = null!;

    private protected LineReceiver Receiver { get; private set; } = null!;

    private protected IProviderAccounts Accounts { get; private set; } = null!;

    private protected WebhookTarget Target => new(Receiver.Url, new Secret("generated-webhook-token-0123456789"));

    private protected RegisteredWebhook Ours => new(BotId, RegistrationScope.Account, [Receiver.Url]);

    public async ValueTask InitializeAsync()
    {
        _simulator = await SimulatorApp.StartAsync(new SimulatorOptions(), Cancelled);
        Control = _simulator.CreateControl();
        Receiver = await LineReceiver.StartAsync(ChannelSecret, Cancelled);
        await Control.CreateAccountAsync(
            new()
            {
                Provider = "Line",
                Id = BotId,
                Token = Token,
                Username = "@123abcde",
                FirstName = "Acme Support",
                LocalMode = true,
                Settings = new Dictionary<string, string?> { ["channelSecret"] = ChannelSecret },
            },
            Cancelled);
        _services = new ServiceCollection()
            .AddSingleton<ILoggerProvider>(Log)
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace))
            .AddSingleton<TimeProvider>(new StandingClock())
            .AddProviders()
            .AddProviderHttp(http =>
            {
                http.BaseAddresses["Line"] = _simulator.ProviderUri;
                http.TimeoutSeconds = 5;
            })
            .BuildServiceProvider();
        Accounts = TestProviders.Get("Line").CreateAccounts(_services.GetRequiredService<ProviderHttp>());
    }

    public async ValueTask DisposeAsync()
    {
        Control.Dispose();
        await _services.DisposeAsync();
        await _simulator.DisposeAsync();
        await Receiver.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected async Task<IEnumerable<string>> CallsAsync() => (await Control.GetCallsAsync(BotId, cancellationToken: Cancelled)).Calls.Select(call => call.Method);

    private protected static ProviderAccount Account(string budget = "uid", string token = Token, string secret = ChannelSecret)
    {
        using var settings = JsonDocument.Parse("{}");
        return new ProviderAccount(budget, new ProviderSettings(settings.RootElement.Clone()), new Dictionary<string, Secret>
        {
            ["channelAccessToken"] = new(token),
            ["channelSecret"] = new(secret),
        });
    }

    private protected static T Ok<T>(ProviderResult<T> result)
        where T : notnull => result.TryGet(out var value, out var failure) ? value : throw new Xunit.Sdk.XunitException($"It failed: {failure}");

    /// <summary>Always the same date; timers are real.</summary>
    private sealed class StandingClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
