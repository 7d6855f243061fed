using System.Net;
using System.Text;
using MessengerOperator.Receiver.Tests.Harness;

namespace MessengerOperator.Receiver.Tests.Endpoints;

/// <summary>What the traffic port answers.</summary>
public class WebhookRequestTests
{
    private const string TraceParent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    [Fact]
    public async Task A_genuine_update_is_taken_once_the_sink_has_it()
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await ReceiverUnderTest.StartAsync(sink);

        using var response = await receiver.PostAsync(ReceiverUnderTest.Update());

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var taken = Assert.Single(sink.Taken);
        Assert.Equal("1.0", taken.Headers["ce-specversion"]);
        Assert.Equal("700000001-810000001", taken.Headers["ce-id"]);
        Assert.Equal("/namespaces/contact-centre/messengerintegrations/acme-support", taken.Headers["ce-source"]);
        Assert.Equal("io.messenger-operator.message.received.v1", taken.Headers["ce-type"]);
        Assert.Equal("5000000001", taken.Headers["ce-subject"]);
        Assert.Equal("5000000001", taken.Headers["ce-partitionkey"]);
        Assert.Equal("telegram", taken.Headers["ce-provider"]);
        Assert.Equal("2026-09-21T14:13:20Z", taken.Headers["ce-time"]);
        Assert.Equal("application/json", taken.Headers["Content-Type"]);
        Assert.DoesNotContain("ce-traceparent", taken.Headers.Keys, StringComparer.OrdinalIgnoreCase);
        Assert.Equal("hello operator", (string?)taken.Data["content"]!["text"]);
        Assert.Equal("700000001", (string?)taken.Data["account"]!["id"]);
        Assert.Equal(810000001, (int?)taken.Data["original"]!["update_id"]);
    }

    [Fact]
    public async Task Unicode_escapes_become_text()
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await ReceiverUnderTest.StartAsync(sink);

        using var response = await receiver.PostAsync(ReceiverUnderTest.Update(text: @"\u041f\u0440\u0438\u0432\u0456\u0442 \ud83d\udc4b"));

        Assert.Equal("Привіт 👋", (string?)Assert.Single(sink.Taken).Data["content"]!["text"]);
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized, "missing_signature")]
    [InlineData("Zm9vYmFy_secret-02", HttpStatusCode.Forbidden, "wrong_signature")]
    [InlineData("Zm9vYmFy_secret-0", HttpStatusCode.Forbidden, "wrong_signature")]
    [InlineData("Zm9vYmFy_secret-011", HttpStatusCode.Forbidden, "wrong_signature")]
    [InlineData("Zm9vYmFy secret", HttpStatusCode.Forbidden, "malformed_signature")]
    public async Task A_forged_request_is_refused(string? token, HttpStatusCode status, string reason)
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await ReceiverUnderTest.StartAsync(sink);

        using var response = await receiver.PostAsync(ReceiverUnderTest.Update(), token);

        Assert.Equal(status, response.StatusCode);
        Assert.Empty(sink.Taken);
        Assert.Contains($"messenger_receiver_refused_total{{provider=\"Telegram\",reason=\"{reason}\"}} 1", await receiver.MetricsAsync(), StringComparison.Ordinal);
        Assert.Equal(1, (int?)(await receiver.StatusAsync())["routes"]![0]!["refused"]);
    }

    [Fact]
    public async Task A_doubled_signature_header_is_refused()
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await ReceiverUnderTest.StartAsync(sink);
        var body = Encoding.UTF8.GetBytes(ReceiverUnderTest.Update());
        var token = $"{ReceiverUnderTest.TokenHeader}: {ReceiverUnderTest.Secret}\n";

        var answer = await receiver.SendRawAsync(Head($"{token}{token}Content-Length: {body.Length}\n"), body);

        Assert.StartsWith("HTTP/1.1 403 ", answer, StringComparison.Ordinal);
        Assert.Empty(sink.Taken);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("update_id=1")]
    [InlineData("[]")]
    [InlineData("{\"update_id\":810000001,\"message\":{\"text\":\"cut of")]
    public async Task A_genuine_body_that_is_no_update_is_a_bad_request(string body)
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await ReceiverUnderTest.StartAsync(sink);

        using var response = await receiver.PostAsync(body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Empty(sink.Taken);
    }

    [Fact]
    public async Task A_deeply_nested_body_is_a_bad_request()
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await ReceiverUnderTest.StartAsync(sink);

        using var response = await receiver.PostAsync(new string('[', 100_000));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task A_body_that_says_it_is_too_large_is_refused_unread()
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await ReceiverUnderTest.StartAsync(sink, options => options.MaxBodyBytes = 1000);

        var answer = await receiver.SendRawAsync(Head($"{ReceiverUnderTest.TokenHeader}: {ReceiverUnderTest.Secret}\nContent-Length: 1001\n"));

        Assert.StartsWith("HTTP/1.1 413 ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chunked_body_that_grows_too_large_is_refused()
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await ReceiverUnderTest.StartAsync(sink, options => options.MaxBodyBytes = 1000);
        var chunk = Encoding.ASCII.GetBytes("1f4\r\n" + new string('x', 500) + "\r\n");

        var answer = await receiver.SendRawAsync(
            Head($"{ReceiverUnderTest.TokenHeader}: {ReceiverUnderTest.Secret}\nTransfer-Encoding: chunked\n"), [.. chunk, .. chunk, .. chunk, .. "0\r\n\r\n"u8]);

        Assert.StartsWith("HTTP/1.1 413 ", answer, StringComparison.Ordinal);
        Assert.Empty(sink.Taken);
    }

    [Fact]
    public async Task A_large_chunked_body_within_the_limit_is_taken()
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await ReceiverUnderTest.StartAsync(sink);
        var text = new string('x', 700_000);
        var request = new HttpRequestMessage(HttpMethod.Post, ReceiverUnderTest.Path)
        {
            Content = new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes(ReceiverUnderTest.Update(text: text)))),
            Headers = { TransferEncodingChunked = true },
        };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add(ReceiverUnderTest.TokenHeader, ReceiverUnderTest.Secret);

        using var response = await receiver.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(text, (string?)Assert.Single(sink.Taken).Data["content"]!["text"]);
    }

    [Fact]
    public async Task A_body_that_does_not_come_is_given_up()
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await ReceiverUnderTest.StartAsync(sink, options => options.BodyTimeout = TimeSpan.FromMilliseconds(200));

        var answer = await receiver.SendRawAsync(Head($"{ReceiverUnderTest.TokenHeader}: {ReceiverUnderTest.Secret}\nContent-Length: 100\n"), "{"u8.ToArray());

        Assert.StartsWith("HTTP/1.1 408 ", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    [InlineData("HEAD")]
    public async Task Another_method_is_not_allowed(string method)
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await ReceiverUnderTest.StartAsync(sink);

        using var response = await receiver.SendAsync(new(new(method), ReceiverUnderTest.Path));

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(["POST"], response.Content.Headers.Allow);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/jsonp")]
    [InlineData("")]
    public async Task Another_media_type_is_not_supported(string type)
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await ReceiverUnderTest.StartAsync(sink);

        using var response = await receiver.PostAsync(ReceiverUnderTest.Update(), contentType: type);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Theory]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("Application/JSON")]
    public async Task A_media_type_may_have_parameters_and_any_letter_case(string type)
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await ReceiverUnderTest.StartAsync(sink);

        using var response = await receiver.PostAsync(ReceiverUnderTest.Update(), contentType: type);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_compressed_body_is_not_supported()
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await ReceiverUnderTest.StartAsync(sink);
        var request = new HttpRequestMessage(HttpMethod.Post, ReceiverUnderTest.Path) { Content = new ByteArrayContent([1, 2, 3]) };
        request.Content.Headers.ContentType = new("application/json");
        request.Content.Headers.ContentEncoding.Add("gzip");
        request.Headers.Add(ReceiverUnderTest.TokenHeader, ReceiverUnderTest.Secret);

        using var response = await receiver.SendAsync(request);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/contact-centre/acme-support/")]
    [InlineData("/Contact-Centre/acme-support")]
    [InlineData("/contact-centre/acme-suppor")]
    [InlineData("/healthz")]
    [InlineData("/readyz")]
    [InlineData("/metrics")]
    [InlineData("/status")]
    public async Task Another_path_is_not_found(string path)
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await ReceiverUnderTest.StartAsync(sink);

        using var posted = await receiver.PostAsync(ReceiverUnderTest.Update(), path: path);
        using var got = await receiver.SendAsync(new(HttpMethod.Get, path));

        Assert.Equal(HttpStatusCode.NotFound, posted.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, got.StatusCode);
    }

    [Fact]
    public async Task The_management_port_takes_no_webhooks()
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await ReceiverUnderTest.StartAsync(sink);
        var request = new HttpRequestMessage(HttpMethod.Post, ReceiverUnderTest.Path) { Content = new StringContent(ReceiverUnderTest.Update()) };
        request.Headers.Add(ReceiverUnderTest.TokenHeader, ReceiverUnderTest.Secret);

        using var response = await receiver.Management.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Empty(sink.Taken);
    }

    [Theory]
    [InlineData(TraceParent, true)]
    [InlineData("00-00000000000000000000000000000000-00f067aa0ba902b7-01", false)]
    [InlineData("00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01", false)]
    [InlineData("hello", false)]
    public async Task Valid_trace_context_travels_with_the_event(string value, bool travels)
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await ReceiverUnderTest.StartAsync(sink);
        var request = new HttpRequestMessage(HttpMethod.Post, ReceiverUnderTest.Path) { Content = new StringContent(ReceiverUnderTest.Update()) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add(ReceiverUnderTest.TokenHeader, ReceiverUnderTest.Secret);
        request.Headers.TryAddWithoutValidation("traceparent", value);
        // Otherwise the client would send context of its own.
        using var client = new HttpClient(new SocketsHttpHandler { ActivityHeadersPropagator = null }) { BaseAddress = receiver.Traffic.BaseAddress };

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var headers = Assert.Single(sink.Taken).Headers;
        Assert.Equal(travels ? value : null, headers.GetValueOrDefault("ce-traceparent"));
        Assert.Equal(travels ? value : null, headers.GetValueOrDefault("traceparent"));
    }

    [Theory]
    [InlineData("NONSENSE\n\n", "400")]
    [InlineData("POST /contact-centre/acme-support HTTP/1.1\nContent-Length: 2\n\n{}", "400")]
    [InlineData("POST /contact-centre/acme-support HTTP/9.9\nHost: x\n\n", "505")]
    public async Task Broken_HTTP_is_answered_without_a_body(string request, string status)
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await ReceiverUnderTest.StartAsync(sink);

        var answer = await receiver.SendRawAsync(request);

        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Headers_beyond_the_limit_are_refused()
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await ReceiverUnderTest.StartAsync(sink);

        var answer = await receiver.SendRawAsync(Head($"X-Long: {new string('x', 20_000)}\n"));

        Assert.StartsWith("HTTP/1.1 431 ", answer, StringComparison.Ordinal);
    }

    private static string Head(string headers) =>
        $"POST {ReceiverUnderTest.Path} HTTP/1.1\nHost: localhost\nConnection: close\nContent-Type: application/json\n{headers}\n";
}
