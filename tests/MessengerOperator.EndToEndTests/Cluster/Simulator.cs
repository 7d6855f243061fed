using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace MessengerOperator.EndToEndTests.Cluster;

/// <summary>The control API of the provider simulator, for one account.</summary>
internal sealed class Simulator(Uri address, string account, string integration) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = new Uri(address, $"accounts/{account}/"), Timeout = TimeSpan.FromMinutes(2) };

    /// <summary>The name of the integration that the account belongs to.</summary>
    public string Integration => integration;

    /// <summary>Customers write; gives the ids that the CloudEvents must have.</summary>
    public async Task<IReadOnlyList<string>> SendAsync(string text, int count = 1, int customers = 1)
    {
        using var response = await _http.PostAsJsonAsync(
            "messages", new { kind = "Text", customerId = 6_000_000_001, text, count, customers }, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
        var accepted = await response.Content.ReadFromJsonAsync<JsonArray>(TestContext.Current.CancellationToken);
        return [.. accepted!.Select(delivery => $"{account}-{delivery!["id"]!.GetValue<string>()}")];
    }

    /// <summary>The webhook as the provider has it; null when there is none.</summary>
    public async Task<JsonNode?> WebhookAsync() => (await GetAsync("registrations"))["current"];

    /// <summary>How many registrations the account has, of whatever kind.</summary>
    public async Task<int> RegistrationCountAsync() => (await GetAsync("registrations"))["all"]!.AsArray().Count;

    /// <summary>A customer writes a text that no other message has; gives the text.</summary>
    public async Task<string> WriteAsync()
    {
        var text = $"a text of its own {Guid.NewGuid():N}";
        await SendAsync(text);
        return text;
    }

    /// <summary>Every call that set or removed the webhook.</summary>
    public async Task<JsonArray> RegistrationHistoryAsync() => (await GetAsync("registrations"))["history"]!.AsArray();

    /// <summary>What became of everything that was sent.</summary>
    public Task<JsonNode> DeliveriesAsync() => GetAsync("deliveries");

    /// <summary>Somebody else with the same token points the webhook elsewhere.</summary>
    public async Task OverwriteWebhookAsync(string url)
    {
        using var response = await _http.PutAsJsonAsync("webhook", new { url }, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonNode> GetAsync(string path) => (await _http.GetFromJsonAsync<JsonNode>(path, TestContext.Current.CancellationToken))!;
}
