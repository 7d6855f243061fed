using System.Net.Http.Headers;
using System.Text;
using MessengerOperator.Inbox;

namespace MessengerOperator.ProviderSimulator.Tests;

public sealed class InboxTests : IAsyncLifetime
{
    private const string Structured = """{"specversion":"1.0","id":"1","source":"/a","type":"t","data":{"content":{"text":"hi"}}}""";

    private readonly HttpClient _http = new();
    private readonly StringWriter _summaries = new();
    private InboxApp _inbox = null!;

    public async ValueTask InitializeAsync() => _inbox = await InboxApp.StartAsync(new InboxOptions { Summaries = _summaries });

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _inbox.DisposeAsync();
        await _summaries.DisposeAsync();
    }

    [Fact]
    public async Task Binary_and_structured_events_are_kept_in_order_with_their_attributes()
    {
        Assert.Equal(204, await PostBinaryAsync("1.0", "1", "/a", "t", ("ce-subject", "42")));
        Assert.Equal(204, await PostAsync(Structured.Replace("\"1\"", "\"2\"", StringComparison.Ordinal), "application/cloudevents+json; charset=utf-8"));

        var events = (await _inbox.WaitForAsync(2)).Events;

        Assert.Equal(["1", "2"], events.Select(each => each["id"]));
        Assert.Equal([false, true], events.Select(each => each.Structured));
        Assert.Equal("42", events[0]["subject"]);
        Assert.Equal("hi", (string?)events[1].Data!["content"]!["text"]);
        Assert.Contains("#2 t from /a subject  id 2: hi", _summaries.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "1", "/a", "t")]
    [InlineData("1.0", null, "/a", "t")]
    [InlineData("1.0", "1", null, "t")]
    [InlineData("1.0", "1", "/a", null)]
    [InlineData("0.3", "1", "/a", "t")]
    public async Task Binary_events_without_a_required_attribute_are_refused(string? version, string? id, string? source, string? type)
    {
        Assert.Equal(400, await PostBinaryAsync(version, id, source, type));
        Assert.Equal(1, _inbox.Report().Rejected);
    }

    [Theory]
    [InlineData("{", "application/cloudevents+json")]
    [InlineData("[]", "application/cloudevents+json")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"/a"}""", "application/cloudevents+json")]
    [InlineData("""{"specversion":"1.0","id":"","source":"/a","type":"t"}""", "application/cloudevents+json")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"/a","type":"t","Bad_Name":"x"}""", "application/cloudevents+json")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"/a","type":"t","time":"yesterday"}""", "application/cloudevents+json")]
    [InlineData("[]", "application/cloudevents-batch+json")]
    [InlineData(Structured, "application/json")]
    public async Task Structured_events_that_are_not_valid_are_refused(string body, string contentType) =>
        Assert.Equal(400, await PostAsync(body, contentType));

    [Fact]
    public async Task Repeats_are_counted_by_source_and_id()
    {
        await PostBinaryAsync("1.0", "1", "/a", "t");
        await PostBinaryAsync("1.0", "1", "/a", "t");
        await PostBinaryAsync("1.0", "1", "/b", "t");

        var report = _inbox.Report();

        Assert.Equal((3, 2, 1), (report.Count, report.Distinct, report.Duplicates));
        Assert.Equal([0, 1, 0], report.Events.Select(each => each.Repeats));
    }

    [Fact]
    public async Task A_fault_is_used_up_and_its_events_are_not_kept()
    {
        using var fault = new StringContent("""{"status":503,"retryAfterSeconds":3,"times":1}""", null, "application/json");
        using var set = await _http.PutAsync(new Uri(_inbox.Uri, "fault"), fault);
        using var body = new StringContent(Structured, MediaTypeHeaderValue.Parse("application/cloudevents+json"));
        using var first = await _http.PostAsync(_inbox.EventsUri, body);

        Assert.Equal(503, (int)first.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(3), first.Headers.RetryAfter!.Delta);
        Assert.Equal(204, await PostAsync(Structured, "application/cloudevents+json"));
        Assert.Equal((1, 1), (_inbox.Report().Count, _inbox.Report().Failed));
    }

    [Fact]
    public async Task Waiting_over_http_ends_with_408_when_too_little_arrives()
    {
        using var timedOut = await _http.GetAsync(new Uri(_inbox.Uri, "events?waitFor=1&timeoutSeconds=0"));
        Assert.Equal(408, (int)timedOut.StatusCode);

        var waiting = _http.GetStringAsync(new Uri(_inbox.Uri, "events?after=0&waitFor=1"));
        await PostBinaryAsync("1.0", "1", "/a", "t");

        Assert.Contains("\"count\":1", await waiting, StringComparison.Ordinal);
        using var cleared = await _http.DeleteAsync(_inbox.EventsUri);
        Assert.Equal(0, _inbox.Report().Count);
    }

    private async Task<int> PostAsync(string body, string contentType)
    {
        using var content = new StringContent(body, MediaTypeHeaderValue.Parse(contentType));
        using var response = await _http.PostAsync(_inbox.EventsUri, content);
        return (int)response.StatusCode;
    }

    private async Task<int> PostBinaryAsync(string? version, string? id, string? source, string? type, params (string Name, string? Value)[] more)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _inbox.EventsUri) { Content = new StringContent("{}", Encoding.UTF8, "application/json") };
        foreach (var (name, value) in new (string Name, string? Value)[] { ("ce-specversion", version), ("ce-id", id), ("ce-source", source), ("ce-type", type) }.Concat(more).Where(each => each.Value is not null))
        {
            request.Headers.Add(name, value);
        }

        using var response = await _http.SendAsync(request);
        return (int)response.StatusCode;
    }
}
