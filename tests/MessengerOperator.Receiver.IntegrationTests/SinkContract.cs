using System.Text;
using MessengerOperator.Receiver.IntegrationTests.Harness;
using MessengerOperator.Receiver.Sinks;
using MessengerOperator.Receiver.Tests.Harness;

namespace MessengerOperator.Receiver.IntegrationTests;

/// <summary>What holds for every kind of sink, at the real thing.</summary>
public abstract class SinkContract : IAsyncLifetime
{
    private readonly SinkStand _stand = new();
    private readonly string _place = $"events-{Guid.NewGuid():N}";

    private protected abstract ISinkServer Server { get; }

    public async ValueTask InitializeAsync() => await Server.PrepareAsync(_place);

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return _stand.DisposeAsync();
    }

    [Fact]
    public async Task What_is_taken_is_there_with_every_attribute_and_its_data()
    {
        var cloudEvent = TestEvents.Awkward();

        var result = await Open().DeliverAsync(cloudEvent);

        Assert.Equal(SinkOutcome.Taken, result.Outcome);
        var taken = Assert.Single(await Server.TakenAsync(_place));
        Assert.Equal(Encoding.UTF8.GetString(cloudEvent.Data), taken.Data);
        Assert.Equal("application/json", taken.ContentType);
        Assert.Equal("1.0", taken.Attributes["specversion"]);
        Assert.Equal(cloudEvent.Id, taken.Attributes["id"]);
        Assert.Equal(cloudEvent.Source, taken.Attributes["source"]);
        Assert.Equal("io.messenger-operator.message.received.v1", taken.Attributes["type"]);
        Assert.Equal("2026-11-24T10:00:00.123Z", taken.Attributes["time"]);
        Assert.Equal(cloudEvent.Subject, taken.Attributes["subject"]);
        Assert.Equal(cloudEvent.PartitionKey, taken.Attributes["partitionkey"]);
        Assert.Equal("telegram", taken.Attributes["provider"]);
        Assert.Equal(TestEvents.TraceParent, taken.Attributes["traceparent"]);
    }

    [Fact]
    public async Task An_event_of_no_conversation_is_taken()
    {
        var result = await Open().DeliverAsync(TestEvents.Awkward() with { Subject = null, PartitionKey = null, TraceParent = null });

        Assert.Equal(SinkOutcome.Taken, result.Outcome);
        var taken = Assert.Single(await Server.TakenAsync(_place));
        Assert.DoesNotContain("subject", taken.Attributes.Keys);
        Assert.DoesNotContain("partitionkey", taken.Attributes.Keys);
        Assert.DoesNotContain("traceparent", taken.Attributes.Keys);
    }

    [Fact]
    public async Task A_conversations_events_keep_their_order_while_others_are_delivered_beside_it()
    {
        const int events = 20;
        var sink = Open();

        await Task.WhenAll(Enumerable.Range(1, 8).Select(async conversation =>
        {
            for (var number = 0; number < events; number++)
            {
                Assert.Equal(SinkOutcome.Taken, (await sink.DeliverAsync(TestEvents.Of($"c{conversation}", number))).Outcome);
            }
        }));

        var conversations = (await Server.TakenAsync(_place)).GroupBy(taken => taken.Attributes["partitionkey"]).ToList();
        Assert.Equal(8, conversations.Count);
        Assert.All(conversations, conversation =>
            Assert.Equal(Enumerable.Range(0, events).Select(number => $"{conversation.Key}-{number}"), conversation.Select(taken => taken.Attributes["id"])));
    }

    [Fact]
    public async Task An_event_that_is_too_large_is_refused_for_good_and_takes_no_other_down()
    {
        var sink = Open();
        Assert.Equal(SinkOutcome.Taken, (await sink.DeliverAsync(TestEvents.Of("first", 1))).Outcome);

        var others = Enumerable.Range(0, 10).Select(number => sink.DeliverAsync(TestEvents.Of($"c{number}", number))).ToList();
        var refused = await sink.DeliverAsync(TestEvents.Of("large", 1, padding: Server.TooLarge));

        Assert.Equal(SinkOutcome.Refused, refused.Outcome);
        Assert.All(await Task.WhenAll(others), result => Assert.Equal(SinkOutcome.Taken, result.Outcome));
        Assert.Equal(SinkOutcome.Taken, (await sink.DeliverAsync(TestEvents.Of("small", 1))).Outcome);
        Assert.DoesNotContain(await Server.TakenAsync(_place), taken => taken.Attributes["subject"] == "large");
    }

    [Fact]
    public async Task A_sink_that_is_down_fails_in_time_and_is_used_again_when_it_is_back()
    {
        Assert.SkipWhen(Server.WhyNotDown is not null, Server.WhyNotDown ?? string.Empty);
        var sink = Open();
        Assert.Equal(SinkOutcome.Taken, (await sink.DeliverAsync(TestEvents.Of("c", 1))).Outcome);

        await Server.DownAsync();
        try
        {
            var started = TimeProvider.System.GetTimestamp();
            var failed = await Task.WhenAll(Enumerable.Range(10, 5).Select(number => sink.DeliverAsync(TestEvents.Of($"c{number}", number))));

            Assert.All(failed, result => Assert.True(IsRetried(result), $"{result}"));
            Assert.True(TimeProvider.System.GetElapsedTime(started) < 2 * SinkStand.Limit, "the sink's time limit holds");
        }
        finally
        {
            await Server.UpAsync();
        }

        await Eventually.HoldsAsync(async () => (await sink.DeliverAsync(TestEvents.Of("c", 2))).Outcome == SinkOutcome.Taken, "the sink is used again");
        Assert.Contains(await Server.TakenAsync(_place), taken => taken.Attributes["id"] == "c-2");
    }

    [Fact]
    public async Task A_wrong_password_is_told_and_not_shown_and_mended_by_the_right_one()
    {
        var (wrong, whyNot) = Server.WithWrongPassword(_place);
        Assert.SkipWhen(wrong is null, whyNot ?? string.Empty);

        var failed = await _stand.Open(wrong!, Server.Files).DeliverAsync(TestEvents.Of("c", 1));

        Assert.NotEqual(SinkOutcome.Taken, failed.Outcome);
        Assert.True(failed is { Outcome: SinkOutcome.Unavailable, Problem: SinkProblem.Credentials } or { StatusCode: 401 }, $"{failed}");
        Assert.DoesNotContain(Server.Files["wrong-password"], $"{failed}", StringComparison.Ordinal);

        // The same sink with what its file holds now, as after a reload.
        var mended = new Dictionary<string, string>(Server.Files) { ["wrong-password"] = Server.Files["password"] };
        Assert.Equal(SinkOutcome.Taken, (await _stand.Open(wrong!, mended).DeliverAsync(TestEvents.Of("c", 2))).Outcome);
        Assert.Equal("c-2", Assert.Single(await Server.TakenAsync(_place)).Attributes["id"]);
    }

    [Fact]
    public async Task A_private_authority_is_trusted_when_it_is_named_and_an_unknown_one_is_not()
    {
        var (known, whyNot) = Server.WithTls(_place, "ca.pem");
        Assert.SkipWhen(known is null, whyNot ?? string.Empty);
        Assert.Equal(SinkOutcome.Taken, (await _stand.Open(known!, Server.Files).DeliverAsync(TestEvents.Of("c", 1))).Outcome);

        var refused = await _stand.Open(Server.WithTls(_place, "other-ca.pem").Sink!, Server.Files).DeliverAsync(TestEvents.Of("c", 2));

        Assert.Equal(SinkOutcome.Unreachable, refused.Outcome);
        Assert.Equal(SinkProblem.Tls, refused.Problem);
        Assert.Single(await Server.TakenAsync(_place));
    }

    private static bool IsRetried(SinkResult result) => result.Outcome is SinkOutcome.Unreachable or SinkOutcome.TimedOut or SinkOutcome.Unavailable;

    private IEventSink Open() => _stand.Open(Server.Sink(_place), Server.Files);
}
