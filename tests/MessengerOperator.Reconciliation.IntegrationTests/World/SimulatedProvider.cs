using MessengerOperator.ProviderSimulator;
using MessengerOperator.ProviderSimulator.Accounts;
using MessengerOperator.ProviderSimulator.Control;
using MessengerOperator.ProviderSimulator.Faults;
using MessengerOperator.ProviderSimulator.Network;

namespace MessengerOperator.Reconciliation.IntegrationTests.World;

/// <summary>The providers of one test, as seen from behind their counter. Without an account named, the test's own is meant.</summary>
internal sealed class SimulatedProvider : IAsyncDisposable
{
    /// <summary>The host of the URL that integrations have unless a test says otherwise.</summary>
    public const string PublicHost = "hooks.acme.example";

    private readonly SimulatorApp _app;
    private readonly SimulatorControl _control;
    private readonly Tenant _tenant;

    private SimulatedProvider(SimulatorApp app, Tenant tenant) => (_app, _control, _tenant) = (app, app.CreateControl(), tenant);

    /// <summary>What stands for every provider's base address.</summary>
    public Uri Address => _app.ProviderUri;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Starts it at that address; port 0 takes any. Without an endpoint, nothing answers at the public host.</summary>
    public static async Task<SimulatedProvider> StartAsync(Uri address, Tenant tenant, PublicEndpoint? endpoint = null)
    {
        var host = new NameOverride { Host = PublicHost, Addresses = ["203.0.113.10"], ConnectTo = endpoint is null ? "127.0.0.1:9" : $"127.0.0.1:{endpoint.Port}" };
        var options = new SimulatorOptions
        {
            ProviderUrl = address.OriginalString,
            Resolve = [host],

            // Some providers wait two seconds for an answer, which says more about the machine than about the receiver here.
            AnswerTimeout = endpoint is null ? null : TimeSpan.FromSeconds(20),
        };
        var provider = new SimulatedProvider(await SimulatorApp.StartAsync(options, Cancelled), tenant);
        if (endpoint is not null)
        {
            await provider._control.TrustAsync(endpoint.AuthorityPem, Cancelled);
        }

        return provider;
    }

    public Task<AccountSummary> AddAsync(Tenant tenant, bool localMode) => _control.CreateAccountAsync(tenant.Account with { Provider = tenant.Provider, LocalMode = localMode }, Cancelled);

    /// <summary>All calls, those with unknown tokens included, or those of one account.</summary>
    public Task<CallReport> CallsAsync(Tenant? of = null, string? waitFor = null, TimeSpan? within = null) => _control.GetCallsAsync(of?.Id, waitFor, within, Cancelled);

    public Task ForgetCallsAsync() => _control.ClearCallsAsync(cancellationToken: Cancelled);

    /// <summary>From now on calls of that method fail; <c>*</c> is every method.</summary>
    public Task FailsAsync(string method, Fault fault) => _control.SetFaultAsync(_tenant.Id, method, fault, Cancelled);

    /// <summary>The same for every caller, known or not.</summary>
    public Task FailsForAllAsync(string method, Fault fault) => _control.SetFaultAsync(null, $"{_tenant.Provider}:{method}", fault, Cancelled);

    /// <summary>From now on everything works.</summary>
    public async Task RecoversAsync()
    {
        await _control.ClearFaultsAsync(_tenant.Id, cancellationToken: Cancelled);
        await _control.ClearFaultsAsync(cancellationToken: Cancelled);
    }

    public Task RevokeTokenAsync(string newToken) => _control.RevokeTokenAsync(_tenant.Id, newToken, Cancelled);

    /// <summary>Changes what only this provider's accounts have.</summary>
    public Task ChangeSettingsAsync(IReadOnlyDictionary<string, string?> changes, Tenant? of = null) => _control.ChangeAccountSettingsAsync((of ?? _tenant).Id, changes, Cancelled);

    /// <summary>The account, its settings and its customers' kinds of message.</summary>
    public Task<AccountSummary> AccountAsync(Tenant? of = null) => _control.GetAccountAsync((of ?? _tenant).Id, Cancelled);

    /// <summary>The webhook now, and every try to set or remove it.</summary>
    public Task<RegistrationReport> RegistrationAsync(Tenant? of = null) => _control.GetRegistrationsAsync((of ?? _tenant).Id, cancellationToken: Cancelled);

    /// <summary>Waits until there is a webhook.</summary>
    public Task IsRegisteredAsync(Tenant? of = null, TimeSpan? within = null) => _control.GetRegistrationsAsync((of ?? _tenant).Id, "registered:1", within ?? TimeSpan.FromMinutes(1), Cancelled);

    /// <summary>Waits until there is none.</summary>
    public Task IsDeregisteredAsync(Tenant? of = null) => _control.GetRegistrationsAsync((of ?? _tenant).Id, "registered:0", TimeSpan.FromMinutes(1), Cancelled);

    /// <summary>Sets the webhook as somebody else.</summary>
    public Task OverwriteWebhookAsync(WebhookChange change) => _control.OverwriteWebhookAsync(_tenant.Id, change, Cancelled);

    /// <summary>Removes the webhook as somebody else.</summary>
    public Task RemoveWebhookAsync() => _control.RemoveWebhookAsync(_tenant.Id, Cancelled);

    /// <summary>A customer writes to the account.</summary>
    public Task SendTextAsync(string text) => _control.SendTextAsync(_tenant.Id, text, Cancelled);

    /// <summary>A customer does something.</summary>
    public Task<AcceptedEvent> SendAsync(CustomerMessage message, Tenant? to = null) => _control.SendMessageAsync((to ?? _tenant).Id, message, Cancelled);

    /// <summary>A known event once more, out of turn.</summary>
    public Task<AcceptedEvent> RedeliverAsync(string id, Tenant? to = null) => _control.RedeliverAsync((to ?? _tenant).Id, id, cancellationToken: Cancelled);

    /// <summary>What became of the account's events, once <paramref name="waitFor"/> holds.</summary>
    public Task<DeliveryReport> DeliveriesAsync(string? waitFor = null, Tenant? of = null) => _control.GetDeliveriesAsync((of ?? _tenant).Id, waitFor, TimeSpan.FromMinutes(1), Cancelled);

    /// <summary>Waits until that many deliveries have failed.</summary>
    public Task DeliveriesFailAsync(int attempts) => _control.GetDeliveriesAsync(_tenant.Id, $"failedAttempts:{attempts}", TimeSpan.FromMinutes(1), Cancelled);

    /// <summary>What the provider's DNS answers.</summary>
    public Task ResolveAsync(NameOverride name) => _control.SetNameAsync(name, Cancelled);

    public async ValueTask DisposeAsync()
    {
        _control.Dispose();
        await _app.DisposeAsync();
    }
}
