using System.Net;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using MessengerOperator.ProviderSimulator.Accounts;
using MessengerOperator.ProviderSimulator.Delivery;
using MessengerOperator.ProviderSimulator.Faults;
using MessengerOperator.ProviderSimulator.Network;

namespace MessengerOperator.ProviderSimulator.Control;

/// <summary>The control API as methods.</summary>
/// <remarks>
/// A refusal is an <see cref="HttpRequestException"/> with the simulator's reason in its message; a wait that did not come true
/// is a <see cref="TimeoutException"/>.
/// </remarks>
public sealed class SimulatorControl(Uri controlUri) : IDisposable
{
    private static readonly ControlJson Json = ControlJson.Default;
    private static readonly TimeSpan DefaultWait = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = controlUri, Timeout = TimeSpan.FromMinutes(6) };

    /// <summary>Makes an account.</summary>
    public Task<AccountSummary> CreateAccountAsync(AccountRequest request, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Post, "accounts", JsonContent.Create(request, Json.AccountRequest), Json.AccountSummary, cancellationToken);

    /// <summary>Makes a Telegram account with this token.</summary>
    public Task<AccountSummary> CreateTelegramAccountAsync(string token, string username, bool localMode = false, CancellationToken cancellationToken = default) =>
        CreateAccountAsync(new AccountRequest { Token = token, Username = username, LocalMode = localMode }, cancellationToken);

    /// <summary>All accounts by id.</summary>
    public Task<IReadOnlyList<AccountSummary>> ListAccountsAsync(CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Get, "accounts", null, Json.IReadOnlyListAccountSummary, cancellationToken);

    /// <summary>One account.</summary>
    public Task<AccountSummary> GetAccountAsync(string id, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Get, $"accounts/{id}", null, Json.AccountSummary, cancellationToken);

    /// <summary>Forgets an account with everything it has.</summary>
    public Task DeleteAccountAsync(string id, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Delete, $"accounts/{id}", null, cancellationToken);

    /// <summary>Makes the token worthless; with a new one the account goes on without a webhook.</summary>
    public Task RevokeTokenAsync(string id, string? newToken = null, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Post, $"accounts/{id}/revoke-token", JsonContent.Create(new TokenRevocation(newToken), Json.TokenRevocation), cancellationToken);

    /// <summary>Switches local mode.</summary>
    public Task SetLocalModeAsync(string id, bool enabled, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Put, $"accounts/{id}/local-mode", JsonContent.Create(new LocalModeSwitch(enabled), Json.LocalModeSwitch), cancellationToken);

    /// <summary>Changes what only this provider has: console switches, secrets, permissions. Null goes back to the default.</summary>
    public Task ChangeAccountSettingsAsync(string id, IReadOnlyDictionary<string, string?> changes, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Put, $"accounts/{id}/settings", JsonContent.Create(changes, Json.IReadOnlyDictionaryStringString), cancellationToken);

    /// <summary>Changes one setting.</summary>
    public Task ChangeAccountSettingAsync(string id, string name, string? value, CancellationToken cancellationToken = default) =>
        ChangeAccountSettingsAsync(id, new Dictionary<string, string?> { [name] = value }, cancellationToken);

    /// <summary>Queues the account's events without delivering any, or goes on; what waited together may go in one request.</summary>
    public Task HoldDeliveriesAsync(string id, bool held, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Put, $"accounts/{id}/held", JsonContent.Create(new HoldSwitch(held), Json.HoldSwitch), cancellationToken);

    /// <summary>Sends a text as a customer.</summary>
    public async Task<AcceptedEvent> SendTextAsync(string id, string text, CancellationToken cancellationToken = default) =>
        (await SendMessagesAsync(id, new CustomerMessage { Text = text }, cancellationToken))[0];

    /// <summary>Does something as a customer once.</summary>
    public async Task<AcceptedEvent> SendMessageAsync(string id, CustomerMessage message, CancellationToken cancellationToken = default) =>
        (await SendMessagesAsync(id, message, cancellationToken))[0];

    /// <summary>Does something as a customer as often as the message's count says.</summary>
    public Task<IReadOnlyList<AcceptedEvent>> SendMessagesAsync(string id, CustomerMessage message, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Post, $"accounts/{id}/messages", JsonContent.Create(message, Json.CustomerMessage), Json.IReadOnlyListAcceptedEvent, cancellationToken);

    /// <summary>Queues an event given as the provider's JSON.</summary>
    public Task<AcceptedEvent> SendUpdateAsync(string id, JsonObject update, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Post, $"accounts/{id}/updates", JsonContent.Create(update, Json.JsonObject), Json.AcceptedEvent, cancellationToken);

    /// <summary>Delivers a known event once more, and returns the receiver's answer with it.</summary>
    public Task<AcceptedEvent> RedeliverAsync(string id, string deliveryId, SecretHeader secret = SecretHeader.Registered, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Post, $"accounts/{id}/deliveries/{deliveryId}/redeliver?secret={secret}", null, Json.AcceptedEvent, cancellationToken);

    /// <summary>Sets the webhook, or some of its settings, as somebody else.</summary>
    public Task OverwriteWebhookAsync(string id, WebhookChange change, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Put, $"accounts/{id}/webhook", JsonContent.Create(change, Json.WebhookChange), cancellationToken);

    /// <summary>Removes the webhook as somebody else.</summary>
    public Task RemoveWebhookAsync(string id, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Delete, $"accounts/{id}/webhook", null, cancellationToken);

    /// <summary>Makes a method fail; <c>*</c> is every method. Without an id, for every account and every unknown caller.</summary>
    public Task SetFaultAsync(string? id, string method, Fault fault, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Put, $"{Faults(id)}/{method}", JsonContent.Create(fault, Json.Fault), cancellationToken);

    /// <summary>Clears one fault, or all of them.</summary>
    public Task ClearFaultsAsync(string? id = null, string? method = null, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Delete, $"{Faults(id)}/{method}", null, cancellationToken);

    /// <summary>The webhook and its history, at once or when <paramref name="waitFor"/> (such as <c>registered:1</c>) holds.</summary>
    public Task<RegistrationReport> GetRegistrationsAsync(string id, string? waitFor = null, TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Get, $"accounts/{id}/registrations{Wait(waitFor, timeout)}", null, Json.RegistrationReport, cancellationToken);

    /// <summary>What became of the events, at once or when <paramref name="waitFor"/> (such as <c>acknowledged:3</c>) holds.</summary>
    public Task<DeliveryReport> GetDeliveriesAsync(string id, string? waitFor = null, TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Get, $"accounts/{id}/deliveries{Wait(waitFor, timeout)}", null, Json.DeliveryReport, cancellationToken);

    /// <summary>The calls of an account, or without an id of everybody, at once or when <paramref name="waitFor"/> (such as <c>getMe:2</c>) holds.</summary>
    public Task<CallReport> GetCallsAsync(string? id = null, string? waitFor = null, TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Get, $"{Calls(id)}{Wait(waitFor, timeout)}", null, Json.CallReport, cancellationToken);

    /// <summary>Starts counting calls anew.</summary>
    public Task ClearCallsAsync(string? id = null, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Delete, Calls(id), null, cancellationToken);

    /// <summary>What the account sent to customers.</summary>
    public Task<IReadOnlyList<SentMessage>> GetSentMessagesAsync(string id, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Get, $"accounts/{id}/sent-messages", null, Json.IReadOnlyListSentMessage, cancellationToken);

    /// <summary>Answers a name without DNS from now on; webhooks registered earlier keep their address.</summary>
    public Task SetNameAsync(NameOverride entry, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return SendAsync(HttpMethod.Put, $"names/{entry.Host}", JsonContent.Create(entry, Json.NameOverride), cancellationToken);
    }

    /// <summary>Trusts a certificate authority from now on.</summary>
    public Task TrustAsync(string pem, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Post, "trusted-authorities", new StringContent(pem), cancellationToken);

    /// <summary>Changes the time scale or how malformed tokens are answered.</summary>
    public Task ChangeSettingsAsync(SimulatorSettings settings, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Put, "settings", JsonContent.Create(settings, Json.SimulatorSettings), cancellationToken);

    /// <summary>Back to the state after the start: no accounts, faults or calls.</summary>
    public Task ResetAsync(CancellationToken cancellationToken = default) => SendAsync(HttpMethod.Post, "reset", null, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static string Faults(string? id) => id is null ? "faults" : $"accounts/{id}/faults";

    private static string Calls(string? id) => id is null ? "calls" : $"accounts/{id}/calls";

    private static string Wait(string? waitFor, TimeSpan? timeout) => waitFor is null
        ? string.Empty
        : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"?waitFor={waitFor}&timeoutSeconds={(timeout ?? DefaultWait).TotalSeconds}");

    private async Task SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        using var response = await ExchangeAsync(method, path, content, cancellationToken);
    }

    private async Task<T> SendAsync<T>(HttpMethod method, string path, HttpContent? content, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var response = await ExchangeAsync(method, path, content, cancellationToken);
        return await response.Content.ReadFromJsonAsync(type, cancellationToken)
            ?? throw new HttpRequestException($"The simulator answered {method} {path} with nothing.");
    }

    private async Task<HttpResponseMessage> ExchangeAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = content };
        var response = await _http.SendAsync(request, cancellationToken);
        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            var reason = await response.Content.ReadAsStringAsync(cancellationToken);
            throw response.StatusCode == HttpStatusCode.RequestTimeout
                ? new TimeoutException($"{path}: {reason}")
                : new HttpRequestException($"The simulator refused {method} {path}: {(int)response.StatusCode} {reason}", null, response.StatusCode);
        }
    }
}
