using MessengerOperator.ProviderSimulator;
using MessengerOperator.ProviderSimulator.Accounts;
using MessengerOperator.ProviderSimulator.Control;
using MessengerOperator.ProviderSimulator.Faults;
using MessengerOperator.ProviderSimulator.Network;

namespace MessengerOperator.Reconciliation.IntegrationTests.World;

/// <summary>The provider of one test, as seen from behind its counter. Without a bot named, the test's own is meant.</summary>
internal sealed class SimulatedProvider : IAsyncDisposable
{
    private static readonly NameOverride PublicHost = new() { Host = "hooks.acme.example", Addresses = ["203.0.113.10"], ConnectTo = "127.0.0.1:9" };

    private readonly SimulatorApp _app;
    private readonly SimulatorControl _control;
    private readonly Bot _bot;

    private SimulatedProvider(SimulatorApp app, Bot bot) => (_app, _control, _bot) = (app, app.CreateControl(), bot);

    /// <summary>What stands for https://api.telegram.org.</summary>
    public Uri Address => _app.ProviderUri;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Starts it at that address; port 0 takes any.</summary>
    public static async Task<SimulatedProvider> StartAsync(Uri address, Bot bot) =>
        new(await SimulatorApp.StartAsync(new SimulatorOptions { ProviderUrl = address.OriginalString, Resolve = [PublicHost] }, Cancelled), bot);

    public Task AddAsync(Bot bot, bool localMode) => _control.CreateTelegramAccountAsync(bot.Token, bot.Username, localMode, Cancelled);

    /// <summary>All calls, those with unknown tokens included, or those of one bot.</summary>
    public Task<CallReport> CallsAsync(Bot? of = null, string? waitFor = null, TimeSpan? within = null) => _control.GetCallsAsync(of?.Id, waitFor, within, Cancelled);

    public Task ForgetCallsAsync() => _control.ClearCallsAsync(cancellationToken: Cancelled);

    /// <summary>From now on calls of that method fail; <c>*</c> is every method.</summary>
    public Task FailsAsync(string method, Fault fault) => _control.SetFaultAsync(_bot.Id, method, fault, Cancelled);

    /// <summary>From now on everything works.</summary>
    public Task RecoversAsync() => _control.ClearFaultsAsync(_bot.Id, cancellationToken: Cancelled);

    public Task RevokeTokenAsync(string newToken) => _control.RevokeTokenAsync(_bot.Id, newToken, Cancelled);

    /// <summary>The webhook now, and every try to set or remove it.</summary>
    public Task<RegistrationReport> RegistrationAsync(Bot? of = null) => _control.GetRegistrationsAsync((of ?? _bot).Id, cancellationToken: Cancelled);

    /// <summary>Waits until there is a webhook.</summary>
    public Task IsRegisteredAsync(Bot? of = null, TimeSpan? within = null) => _control.GetRegistrationsAsync((of ?? _bot).Id, "registered:1", within ?? TimeSpan.FromMinutes(1), Cancelled);

    /// <summary>Waits until there is none.</summary>
    public Task IsDeregisteredAsync(Bot? of = null) => _control.GetRegistrationsAsync((of ?? _bot).Id, "registered:0", TimeSpan.FromMinutes(1), Cancelled);

    /// <summary>Sets the webhook as somebody else.</summary>
    public Task OverwriteWebhookAsync(WebhookChange change) => _control.OverwriteWebhookAsync(_bot.Id, change, Cancelled);

    /// <summary>Removes the webhook as somebody else.</summary>
    public Task RemoveWebhookAsync() => _control.RemoveWebhookAsync(_bot.Id, Cancelled);

    /// <summary>A customer writes to the bot.</summary>
    public Task SendTextAsync(string text) => _control.SendTextAsync(_bot.Id, text, Cancelled);

    /// <summary>Waits until that many deliveries have failed.</summary>
    public Task DeliveriesFailAsync(int attempts) => _control.GetDeliveriesAsync(_bot.Id, $"failedAttempts:{attempts}", TimeSpan.FromMinutes(1), Cancelled);

    /// <summary>What the provider's DNS answers.</summary>
    public Task ResolveAsync(NameOverride name) => _control.SetNameAsync(name, Cancelled);

    public async ValueTask DisposeAsync()
    {
        _control.Dispose();
        await _app.DisposeAsync();
    }
}
