using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using MessengerOperator.Providers.Webhooks;
using MessengerOperator.Receiver.Tests.Harness;

namespace MessengerOperator.Receiver.Tests.Endpoints;

/// <summary>Paths that end in a token, for providers that sign nothing: whoever does not know it finds nothing there.</summary>
public class PathTokenTests
{
    private const string Token = "Zt8P0a-6hYv_Qn2sXk41LrJw9eMgUd7fBCHiKpTyOq3";
    private const string Next = "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0u1V";

    [Fact]
    public async Task Only_the_path_with_the_token_is_served()
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await StartAsync(sink);

        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(receiver, Token));
        Assert.Equal(HttpStatusCode.NotFound, await StatusOfAsync(receiver, path: ReceiverUnderTest.Path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData(Next)]
    [InlineData(Token + "x")]
    [InlineData(Token + "/")]
    [InlineData(Token + "/" + Token)]
    [InlineData("zt8p0a-6hyv_qn2sxk41lrjw9emgud7fbchikptyoq3")]
    public async Task Every_other_end_of_the_path_is_not_found(string token)
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await StartAsync(sink);

        Assert.Equal(HttpStatusCode.NotFound, await StatusOfAsync(receiver, token));
    }

    [Fact]
    public async Task A_token_of_any_length_is_only_not_found()
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await StartAsync(sink);

        Assert.Equal(HttpStatusCode.NotFound, await StatusOfAsync(receiver, new string('a', 4000)));
        Assert.Equal(HttpStatusCode.NotFound, await StatusOfAsync(receiver, string.Concat(Enumerable.Repeat("%E2%82%AC", 256))));
    }

    [Fact]
    public async Task Two_tokens_are_served_while_it_is_rotated()
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await StartAsync(sink);

        ReceiverUnderTest.WriteKey(receiver.Folder, "path-token-previous", Token);
        ReceiverUnderTest.WriteKey(receiver.Folder, "path-token", Next);
        await BecomesAsync(receiver, Next, HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(receiver, Token));
        Assert.Single((await receiver.StatusAsync())["routes"]!.AsArray());

        File.Delete(Path.Combine(receiver.Folder, "path-token-previous"));
        await BecomesAsync(receiver, Token, HttpStatusCode.NotFound);
        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(receiver, Next));
    }

    [Theory]
    [InlineData(null, "path token: no value in path-token nor in path-token-previous")]
    [InlineData("short", "path token: the value in path-token is not 22 to 256 characters")]
    [InlineData("Zt8P0a-6hYv/Qn2sXk41LrJw9eMgUd7fBCHiKpTyOq3", "path token: the value in path-token is not 22 to 256 characters")]
    public async Task Without_a_token_that_cannot_be_guessed_the_route_is_not_ready(string? token, string problem)
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await StartAsync(sink, token);

        var (status, text) = await receiver.ReadinessAsync();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains(problem, text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, await StatusOfAsync(receiver, path: ReceiverUnderTest.Path));
        Assert.Equal(HttpStatusCode.NotFound, await StatusOfAsync(receiver, token ?? ""));
    }

    [Fact]
    public async Task The_probe_goes_through_the_whole_path_as_the_provider_does()
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await StartAsync(sink);
        var (key, nonce) = (Encoding.UTF8.GetBytes("probe"), ReachabilityProbe.NewNonce());
        var path = $"{ReceiverUnderTest.Path}/{Token}";
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add(ReachabilityProbe.RequestHeader, ReachabilityProbe.SignRequest(key, nonce, path));

        using var response = await receiver.SendAsync(request);

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.True(ReachabilityProbe.IsAnswer(key, nonce, path, response.Headers.GetValues(ReachabilityProbe.ResponseHeader).Single()));
    }

    [Fact]
    public async Task The_token_shows_nowhere()
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await StartAsync(sink);
        await StatusOfAsync(receiver, Token);
        await StatusOfAsync(receiver, Token, secret: "wrong_secret-0002");
        sink.Behaviour = TestSink.Answer(500);
        await StatusOfAsync(receiver, Token);

        Assert.DoesNotContain(Token, receiver.Log, StringComparison.Ordinal);
        Assert.DoesNotContain(Token, (await receiver.StatusAsync()).ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Token, await receiver.MetricsAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(Token, (await receiver.ReadinessAsync()).Text, StringComparison.Ordinal);
        Assert.All(sink.Taken, taken => Assert.DoesNotContain(Token, string.Join(' ', taken.Headers.Values) + taken.Data.ToJsonString(), StringComparison.Ordinal));
    }

    private static Task<ReceiverUnderTest> StartAsync(TestSink sink, string? token = Token) => ReceiverUnderTest.StartAsync(sink, prepare: folder =>
    {
        var route = ReceiverUnderTest.Route(sink);
        route["pathTokenFiles"] = new JsonArray("path-token", "path-token-previous");
        ReceiverUnderTest.WriteConfiguration(folder, route);
        ReceiverUnderTest.WriteKey(folder, "probe-key", "probe");
        if (token is not null)
        {
            ReceiverUnderTest.WriteKey(folder, "path-token", token);
        }
    });

    private static Task BecomesAsync(ReceiverUnderTest receiver, string token, HttpStatusCode status) =>
        Eventually.HoldsAsync(async () => await StatusOfAsync(receiver, token) == status, $"{status}");

    private static async Task<HttpStatusCode> StatusOfAsync(ReceiverUnderTest receiver, string? token = null, string? path = null, string secret = ReceiverUnderTest.Secret)
    {
        using var response = await receiver.PostAsync(ReceiverUnderTest.Update(), secret, path ?? $"{ReceiverUnderTest.Path}/{token}");
        return response.StatusCode;
    }
}
