using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace MessengerOperator.EndToEndTests.Cluster;

/// <summary>The inbox that stands for the contact centre.</summary>
internal sealed class Inbox(Uri address) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly HttpClient _http = new() { BaseAddress = address };

    /// <summary>Whether it is there.</summary>
    public async Task<bool> AnswersAsync()
    {
        try
        {
            await ArrivedAsync();
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>The ids of all events that arrived.</summary>
    public async Task<IReadOnlySet<string>> ArrivedAsync()
    {
        var report = await _http.GetFromJsonAsync<JsonNode>("events", TestContext.Current.CancellationToken);
        return report!["events"]!.AsArray().Select(arrived => arrived!["attributes"]!["id"]!.GetValue<string>()).ToHashSet();
    }

    /// <summary>Waits until events with these texts have arrived, each from the integration of that name.</summary>
    public Task HearsAsync(IReadOnlyDictionary<string, string> texts) => Eventually.IsAsync(
        async () =>
        {
            var report = await _http.GetFromJsonAsync<JsonNode>("events", TestContext.Current.CancellationToken);
            var heard = report!["events"]!.AsArray().Select(arrived => (arrived!["attributes"]!["source"]!.GetValue<string>(), (string?)arrived["data"]?["content"]?["text"])).ToHashSet();
            return texts.All(sent => heard.Any(arrived => arrived.Item1.EndsWith($"/{sent.Key}", StringComparison.Ordinal) && arrived.Item2 == sent.Value));
        },
        $"not all of {string.Join(", ", texts.Keys)} were heard",
        Patience);

    /// <summary>Waits until every one of these has arrived.</summary>
    public Task ReceivesAllAsync(IReadOnlyCollection<string> sent) => Eventually.IsAsync(
        async () => (await ArrivedAsync()).IsSupersetOf(sent),
        async () =>
        {
            var arrived = await ArrivedAsync();
            return $"{sent.Count(id => !arrived.Contains(id))} of {sent.Count} events have not arrived";
        },
        Patience);

    /// <summary>Answers every event with this status until told otherwise.</summary>
    public async Task FailWithAsync(int status)
    {
        using var response = await _http.PutAsJsonAsync("fault", new { status }, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Takes events again.</summary>
    public async Task RecoverAsync()
    {
        using var response = await _http.DeleteAsync(new Uri("fault", UriKind.Relative), TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
    }

    public void Dispose() => _http.Dispose();
}
