using System.Net;
using System.Text;
using MessengerOperator.Providers.Webhooks;
using MessengerOperator.Receiver.Tests.Harness;

namespace MessengerOperator.Receiver.Tests.Endpoints;

public class ReachabilityProbeTests
{
    private const string Key = "probe-key-of-this-integration-01";
    private static readonly byte[] KeyBytes = Encoding.UTF8.GetBytes(Key);

    [Fact]
    public async Task A_probe_with_the_key_gets_a_signed_answer()
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await StartAsync(sink);
        var nonce = ReachabilityProbe.NewNonce();

        using var response = await receiver.SendAsync(Probe(nonce, KeyBytes));

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.True(ReachabilityProbe.IsAnswer(KeyBytes, nonce, ReceiverUnderTest.Path, response.Headers.GetValues(ReachabilityProbe.ResponseHeader).Single()));
    }

    [Fact]
    public async Task A_probe_with_another_key_is_as_if_there_were_none()
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await StartAsync(sink);

        using var response = await receiver.SendAsync(Probe(ReachabilityProbe.NewNonce(), "another key"u8));

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.False(response.Headers.Contains(ReachabilityProbe.ResponseHeader));
    }

    [Fact]
    public async Task A_probe_for_another_path_is_as_if_there_were_none()
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await StartAsync(sink);
        var request = new HttpRequestMessage(HttpMethod.Get, ReceiverUnderTest.Path);
        request.Headers.Add(ReachabilityProbe.RequestHeader, ReachabilityProbe.SignRequest(KeyBytes, ReachabilityProbe.NewNonce(), "/another"));

        using var response = await receiver.SendAsync(request);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }

    [Fact]
    public async Task A_probe_replayed_as_a_webhook_is_refused()
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await StartAsync(sink);
        var request = Probe(ReachabilityProbe.NewNonce(), KeyBytes);
        request.Method = HttpMethod.Post;
        request.Content = new StringContent(ReceiverUnderTest.Update(), Encoding.UTF8, "application/json");

        using var response = await receiver.SendAsync(request);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Empty(sink.Taken);
    }

    [Fact]
    public async Task A_probe_is_answered_while_the_webhook_keys_are_missing()
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await StartAsync(sink, folder => File.Delete(Path.Combine(folder, "token")));

        using var response = await receiver.SendAsync(Probe(ReachabilityProbe.NewNonce(), KeyBytes));

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }

    [Fact]
    public async Task The_answer_to_one_probe_is_not_the_answer_to_another()
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await StartAsync(sink);

        using var response = await receiver.SendAsync(Probe(ReachabilityProbe.NewNonce(), KeyBytes));

        var answer = response.Headers.GetValues(ReachabilityProbe.ResponseHeader).Single();
        Assert.False(ReachabilityProbe.IsAnswer(KeyBytes, ReachabilityProbe.NewNonce(), ReceiverUnderTest.Path, answer));
    }

    private static Task<ReceiverUnderTest> StartAsync(TestSink sink, Action<string>? prepare = null) => ReceiverUnderTest.StartAsync(sink, prepare: folder =>
    {
        ReceiverUnderTest.WriteKey(folder, "probe-key", Key);
        prepare?.Invoke(folder);
    });

    private static HttpRequestMessage Probe(string nonce, ReadOnlySpan<byte> key)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, ReceiverUnderTest.Path);
        request.Headers.Add(ReachabilityProbe.RequestHeader, ReachabilityProbe.SignRequest(key, nonce, ReceiverUnderTest.Path));
        return request;
    }
}
