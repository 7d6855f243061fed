using MessengerOperator.ProviderSimulator.Accounts;
using MessengerOperator.ProviderSimulator.Delivery;
using MessengerOperator.ProviderSimulator.Tests.Sample;

namespace MessengerOperator.ProviderSimulator.Tests;

/// <summary>What every provider's deliveries have in common, seen with a provider that has nothing else.</summary>
public sealed class WebhookQueueTests : IAsyncLifetime
{
    private readonly SimulatorState _state = new(new SimulatorOptions());
    private StubReceiver _receiver = null!;
    private WebhookConnection _connection = null!;
    private SampleQueue _queue = null!;
    private SampleAccount _one = null!;
    private SampleAccount _other = null!;

    public async ValueTask InitializeAsync()
    {
        _receiver = await StubReceiver.StartAsync();
        _connection = (await WebhookConnection.OpenAsync(_state, new Uri(_receiver.HookUrl), 4, CancellationToken.None))!;
        _queue = new SampleQueue(_state, _connection);
        _one = new SampleAccount("one", _queue, _state);
        _other = new SampleAccount("other", _queue, _state);
    }

    public async ValueTask DisposeAsync()
    {
        await _queue.DisposeAsync();
        _connection.Dispose();
        await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task Events_that_waited_together_go_in_one_request_in_their_order_whatever_account_they_are_for()
    {
        _one.SetHeld(true);
        await SendAsync(_one, "a", customer: 1);
        await SendAsync(_other, "b", customer: 2);
        await SendAsync(_one, "c", customer: 1);
        await SendAsync(_one, "d", customer: 1);
        Assert.Empty(_receiver.Received);
        _one.SetHeld(false);

        await Eventually.TrueAsync(() => _one.DeliveryReport.Acknowledged == 3 && _other.DeliveryReport.Acknowledged == 1);

        Assert.Equal(["""["a","b","c"]""", """["d"]"""], _receiver.Received.Select(request => request.Text));
        Assert.Equal(_other.DeliveryReport.Deliveries[0].Attempts[0].Request, _one.DeliveryReport.Deliveries[1].Attempts[0].Request);
        Assert.NotEqual(_other.DeliveryReport.Deliveries[0].Attempts[0].Request, _one.DeliveryReport.Deliveries[2].Attempts[0].Request);
    }

    [Fact]
    public async Task A_request_that_was_not_taken_is_tried_again_whole_and_given_up_by_the_providers_rule()
    {
        _receiver.AnswerWith(202);
        _one.SetHeld(true);
        await SendAsync(_one, "a", customer: 1);
        await SendAsync(_one, "b", customer: 2);
        _one.SetHeld(false);

        await Eventually.TrueAsync(() => _one.DeliveryReport.Expired == 2);

        Assert.Equal(["""["a","b"]""", """["a","b"]"""], _receiver.Received.Select(request => request.Text));
        Assert.Equal(4, _one.DeliveryReport.FailedAttempts);
        Assert.Equal(0, _one.Summary.Pending);
    }

    [Fact]
    public async Task A_known_event_is_repeated_as_often_as_wanted_and_counted_once()
    {
        var sent = await SendAsync(_one, "a");
        await Eventually.TrueAsync(() => _one.DeliveryReport.Acknowledged == 1);

        var repeated = await _queue.RedeliverAsync(_one, sent.Id, SecretHeader.Registered, CancellationToken.None);

        Assert.Equal(200, repeated!.Attempt!.Status);
        Assert.Equal(2, _one.DeliveryReport.Deliveries.Single().Acknowledgements);
        Assert.Equal(1, _one.DeliveryReport.Total);
    }

    [Theory]
    [InlineData(SecretHeader.Missing, "", "[\"a\"]")]
    [InlineData(SecretHeader.Doubled, "s3cret|s3cret", "[\"a\"]")]
    [InlineData(SecretHeader.WrongCase, "S3CRET", "[\"a\"]")]
    [InlineData(SecretHeader.ChangedBody, "s3cret", "[\"a\"] ")]
    public async Task A_forged_event_goes_once_past_the_queue_with_the_proof_as_told(SecretHeader secret, string proof, string body)
    {
        _receiver.AnswerWith(401);

        var forged = await _one.AcceptAsync(new CustomerMessage { Text = "a", Secret = secret }, CancellationToken.None);

        Assert.Equal(401, forged.Attempt!.Status);
        var request = Assert.Single(_receiver.Received);
        Assert.Equal(proof, string.Join('|', request.Header("X-Proof")));
        Assert.Equal(body, request.Text);
        Assert.Equal(DeliveryState.Forged, _one.DeliveryReport.Deliveries.Single().State);
        Assert.Equal(0, _one.DeliveryReport.Total);
    }

    [Fact]
    public async Task Any_method_and_query_can_be_sent_with_or_without_a_body_and_the_answer_comes_back_whole()
    {
        _receiver.Answer = async (context, _) =>
        {
            context.Response.Headers["X-Reply"] = "yes";
            context.Response.ContentType = "text/plain; charset=utf-8";
            await context.Response.Body.WriteAsync("1234"u8.ToArray());
        };
        var request = new WebhookRequest
        {
            Method = HttpMethod.Get,
            Url = new Uri($"{_receiver.HookUrl}?hub.mode=subscribe&hub.challenge=1234"),
            Timeout = TimeSpan.FromSeconds(10),
        };

        var answer = await _connection.SendAsync(request, CancellationToken.None);

        Assert.Equal((200, "1234", "text/plain", "yes"), (answer.Attempt.Status, answer.Body, answer.ContentType, answer.Headers["x-reply"]));
        var seen = Assert.Single(_receiver.Received);
        Assert.Equal(("GET", "?hub.mode=subscribe&hub.challenge=1234"), (seen.Method, seen.Query));
        Assert.Equal([_receiver.Uri.Authority], seen.Header("Host"));
        Assert.Empty(seen.Header("Content-Length"));
    }

    [Fact]
    public async Task A_receiver_that_is_silent_or_away_is_told_from_one_that_refuses()
    {
        _receiver.Answer = (context, _) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        var request = new WebhookRequest { Body = "{}"u8.ToArray(), Timeout = TimeSpan.FromMilliseconds(100) };

        Assert.Equal(DeliveryFailure.TimedOut, (await _connection.SendAsync(request, CancellationToken.None)).Attempt.Failure);
        await _receiver.DisposeAsync();
        Assert.Equal(DeliveryFailure.CouldNotConnect, (await _connection.SendAsync(request with { Timeout = TimeSpan.FromSeconds(10) }, CancellationToken.None)).Attempt.Failure);
    }

    [Fact]
    public async Task A_kind_that_the_provider_has_not_is_refused_with_the_list_of_those_it_has()
    {
        var refusal = await Assert.ThrowsAsync<FormatException>(() => _one.AcceptAsync(new CustomerMessage { Kind = MessageKind.Photo }, CancellationToken.None));

        Assert.Equal("Sample has no Photo; it has Text, Read.", refusal.Message);
    }

    [Fact]
    public void Settings_are_changed_all_or_not_at_all_and_null_is_the_default()
    {
        Assert.Throws<FormatException>(() => _one.ChangeSettings(new Dictionary<string, string?> { ["secret"] = "other", ["active"] = "perhaps" }));
        Assert.Throws<FormatException>(() => _one.ChangeSettings(new Dictionary<string, string?> { ["secret"] = "other", ["nothing"] = "x" }));
        Assert.Equal("s3cret", _one.Settings["secret"]);

        _one.ChangeSettings(new Dictionary<string, string?> { ["secret"] = "other", ["active"] = "false" });
        Assert.Equal(("other", false), (_one.Settings["secret"], _one.Settings.IsOn("active")));
        _one.ChangeSettings(new Dictionary<string, string?> { ["secret"] = null });
        Assert.Equal("s3cret", _one.Summary.Settings["secret"]);
    }

    [Fact]
    public void An_account_is_not_made_with_settings_that_its_provider_has_not() =>
        Assert.Throws<FormatException>(() => new SampleAccount("third", _queue, _state, new Dictionary<string, string?> { ["appId"] = "1" }));

    private static Task<AcceptedEvent> SendAsync(SampleAccount account, string text, long customer = 1) =>
        account.AcceptAsync(new CustomerMessage { Text = text, CustomerId = customer }, CancellationToken.None);
}
