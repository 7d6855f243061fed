using System.Text;
using MessengerOperator.Providers.Tests.Webhooks;
using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Providers.Tests.Facebook;

/// <summary>What is no request of Facebook's, and what tells repeats apart. Each kind of event is in testassets/facebook.</summary>
public class FacebookWebhookParsingTests
{
    private static readonly DateTimeOffset ReceivedAt = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"object":"page"}""")]
    [InlineData("""{"entry":[]}""")]
    [InlineData("""{"object":"","entry":[]}""")]
    [InlineData("""{"object":"page","entry":{}}""")]
    [InlineData("""{"object":"page","entry":[]""")]
    [InlineData("""{"object":"page","entry":[]}{}""")]
    public void What_has_no_object_with_entries_is_malformed(string body) => Assert.IsType<ParseResult.Malformed>(Parse(body));

    [Fact]
    public void An_event_without_a_time_happened_when_it_arrived() => Assert.Equal(
        ReceivedAt, Only("""{"object":"page","entry":[{"id":"1","messaging":[{"sender":{"id":"2"},"message":{"mid":"m","text":"x"}}]}]}""").Data.Time);

    [Fact]
    public void The_same_text_from_the_same_person_twice_is_two_events()
    {
        var events = Events("""{"object":"page","entry":[{"id":"1","time":1790000000123,"messaging":[{"sender":{"id":"2"},"timestamp":1790000000001,"future":{}},{"sender":{"id":"2"},"timestamp":1790000000002,"future":{}}]}]}""");
        Assert.Equal(2, events.DistinctBy(messengerEvent => messengerEvent.Id).Count());
    }

    [Fact]
    public void An_event_without_an_id_keeps_its_id_when_it_is_sent_again_beside_others()
    {
        const string Item = """{"sender":{"id":"2"},"timestamp":1790000000001,"future":{"a":1}}""";
        var alone = Only($$$"""{"object":"page","entry":[{"id":"1","time":1790000000123,"messaging":[{{{Item}}}]}]}""");
        var beside = Events($$$"""{"object":"page","entry":[{"id":"1","time":1790000099999,"messaging":[{"sender":{"id":"2"},"timestamp":5,"future":{}},{{{Item}}}]}]}""");
        Assert.Equal(alone.Id, beside[1].Id);
    }

    [Fact]
    public void Equal_changes_of_different_times_are_different_events()
    {
        string Change(int time) => $$$"""{"object":"page","entry":[{"id":"1","time":{{{time}}},"changes":[{"field":"feed","value":1}]}]}""";
        Assert.NotEqual(Only(Change(1790000000)).Id, Only(Change(1790000001)).Id);
    }

    [Fact]
    public void Messages_of_different_pages_with_one_id_are_different_events()
    {
        string Message(string page) => $$$"""{"object":"page","entry":[{"id":"{{{page}}}","messaging":[{"sender":{"id":"2"},"message":{"mid":"m","text":"x"}}]}]}""";
        Assert.NotEqual(Only(Message("1")).Id, Only(Message("3")).Id);
    }

    [Fact]
    public void A_message_in_standby_does_not_hide_the_same_message_when_it_is_ours()
    {
        string Message(string list) => $$$"""{"object":"page","entry":[{"id":"1","{{{list}}}":[{"sender":{"id":"2"},"message":{"mid":"m","text":"x"}}]}]}""";
        Assert.NotEqual(Only(Message("standby")).Id, Only(Message("messaging")).Id);
    }

    [Fact]
    public void A_thousand_events_keep_their_order()
    {
        var items = string.Join(',', Enumerable.Range(0, 1000).Select(i => $$$"""{"sender":{"id":"2"},"message":{"mid":"m{{{i}}}","text":"x"}}"""));
        var ids = Events($$$"""{"object":"page","entry":[{"id":"1","messaging":[{{{items}}}]}]}""").Select(messengerEvent => messengerEvent.Data.Message!.Id);
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => $"m{i}"), ids);
    }

    [Fact]
    public void Every_event_names_its_page() => Assert.Equal(
        ["1", "3"],
        Events("""{"object":"page","entry":[{"id":"1","messaging":[{"sender":{"id":"2"},"read":{"watermark":5}}]},{"id":3,"changes":[{"field":"feed"}]}]}""").Select(messengerEvent => messengerEvent.AccountId));

    private static MessengerEvent Only(string body) => Assert.Single(Events(body));

    private static IReadOnlyList<MessengerEvent> Events(string body) => Assert.IsType<ParseResult.Events>(Parse(body)).Items;

    private static ParseResult Parse(string body) =>
        TestProviders.Get("Facebook").Webhook.Parse(new("POST", "/", "", new TestHeaders(), Encoding.UTF8.GetBytes(body)), new(null, default, ReceivedAt));
}
