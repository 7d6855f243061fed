using System.Net;
using System.Text.Json.Nodes;
using MessengerOperator.Receiver.Tests.Harness;
using Microsoft.AspNetCore.Http;

namespace MessengerOperator.Receiver.Tests.Spool;

/// <summary>Dead letters on the management port.</summary>
public class DeadLetterTests
{
    [Fact]
    public async Task A_dead_letter_is_listed_with_its_reason_and_without_the_customers_words()
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await WithDeadLettersAsync(sink, 1);

        var text = await receiver.Management.GetStringAsync("/dead-letters", TestContext.Current.CancellationToken);
        var item = Assert.Single(JsonNode.Parse(text)!["items"]!.AsArray())!;

        Assert.DoesNotContain("hello operator", text, StringComparison.Ordinal);
        Assert.Equal("700000001-1", (string?)item["eventId"]);
        Assert.Equal("/namespaces/contact-centre/messengerintegrations/acme-support", (string?)item["source"]);
        Assert.Equal("io.messenger-operator.message.received.v1", (string?)item["type"]);
        Assert.Equal(("refused", 400, 1), ((string?)item["reason"], (int?)item["statusCode"], (int)item["attempts"]!));
        Assert.InRange((DateTimeOffset)item["putAsideAt"]!, (DateTimeOffset)item["acceptedAt"]!, DateTimeOffset.MaxValue);
    }

    [Fact]
    public async Task Many_dead_letters_come_in_pages()
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await WithDeadLettersAsync(sink, 5);

        var ids = new List<string>();
        for (long? after = 0; after is { } from;)
        {
            var page = JsonNode.Parse(await receiver.Management.GetStringAsync($"/dead-letters?after={from}&limit=2", TestContext.Current.CancellationToken))!;
            Assert.Equal(5, (int)page["count"]!);
            Assert.InRange(page["items"]!.AsArray().Count, 0, 2);
            ids.AddRange(page["items"]!.AsArray().Select(item => (string)item!["eventId"]!));
            after = (long?)page["next"];
        }

        Assert.Equal(["700000001-1", "700000001-2", "700000001-3", "700000001-4", "700000001-5"], ids.Order());
    }

    [Fact]
    public async Task A_redriven_dead_letter_is_delivered_and_no_other()
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await WithDeadLettersAsync(sink, 3);
        sink.Behaviour = TestSink.Take;

        Assert.Equal((HttpStatusCode.OK, "{\"count\":1}"), await PostAsync(receiver, $"/dead-letters/redrive?id={await NumberOfAsync(receiver, "700000001-2")}"));

        await Eventually.HoldsAsync(() => sink.Taken.Count == 1, "it is delivered");
        Assert.Equal("700000001-2", sink.Taken.Single().Headers["ce-id"]);
        await Eventually.HoldsAsync(async () => await receiver.RouteStatusAsync<long>("deadLetters") == 2, "two are left");
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(receiver, "/dead-letters/redrive?id=999")).Status);
    }

    [Fact]
    public async Task All_dead_letters_are_redriven_in_the_order_in_which_they_were_put_aside_and_repeats_of_theirs_stay_repeats()
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await WithDeadLettersAsync(sink, 3);
        sink.Behaviour = TestSink.Take;

        Assert.Equal((HttpStatusCode.OK, "{\"count\":3}"), await PostAsync(receiver, "/dead-letters/redrive"));
        await Eventually.HoldsAsync(() => sink.Taken.Count == 3, "they are delivered");
        using (await receiver.PostAsync(ReceiverUnderTest.Update(2)))
        using (await receiver.PostAsync(ReceiverUnderTest.Update(4)))
        {
            await Eventually.HoldsAsync(() => sink.Taken.Count == 4, "the new one is delivered");
        }

        Assert.Equal(["700000001-1", "700000001-2", "700000001-3", "700000001-4"], sink.Taken.Select(taken => taken.Headers["ce-id"]));
        Assert.Equal(0, await receiver.RouteStatusAsync<long>("deadLetters"));
    }

    [Fact]
    public async Task A_dead_letter_that_is_refused_again_is_a_dead_letter_again()
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await WithDeadLettersAsync(sink, 1);
        var first = await NumberOfAsync(receiver, "700000001-1");

        await PostAsync(receiver, "/dead-letters/redrive");

        await Eventually.HoldsAsync(async () => await receiver.RouteStatusAsync<long>("deadLetters") == 1 && await NumberOfAsync(receiver, "700000001-1") > first, "it is put aside again");
    }

    [Fact]
    public async Task Dead_letters_are_removed_for_good_one_or_all_and_never_by_a_slip()
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await WithDeadLettersAsync(sink, 3);

        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(receiver, "/dead-letters/discard")).Status);
        Assert.Equal(3, await receiver.RouteStatusAsync<long>("deadLetters"));
        Assert.Equal((HttpStatusCode.OK, "{\"count\":1}"), await PostAsync(receiver, $"/dead-letters/discard?id={await NumberOfAsync(receiver, "700000001-2")}"));
        Assert.Equal((HttpStatusCode.OK, "{\"count\":2}"), await PostAsync(receiver, "/dead-letters/discard?all=true"));
        Assert.Equal(0, await receiver.RouteStatusAsync<long>("deadLetters"));
    }

    [Fact]
    public async Task Dead_letters_outlive_a_restart()
    {
        using var spool = new TemporaryFolder();
        await using var sink = await TestSink.StartAsync();
        await (await WithDeadLettersAsync(sink, 2, spool.Path)).DisposeAsync();

        await using var receiver = await ReceiverUnderTest.StartWithSpoolAsync(sink, spool.Path);

        Assert.Equal(2, await receiver.RouteStatusAsync<long>("deadLetters"));
        sink.Behaviour = TestSink.Take;
        await PostAsync(receiver, "/dead-letters/redrive");
        await Eventually.HoldsAsync(() => sink.Taken.Count == 2, "they are delivered");
    }

    [Theory]
    [InlineData("GET", "/dead-letters?limit=many", HttpStatusCode.BadRequest)]
    [InlineData("GET", "/dead-letters?after=-1", HttpStatusCode.BadRequest)]
    [InlineData("POST", "/dead-letters", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "/dead-letters/redrive", HttpStatusCode.MethodNotAllowed)]
    [InlineData("POST", "/dead-letters/redrive?id=one", HttpStatusCode.BadRequest)]
    [InlineData("POST", "/dead-letters/redrive?id=1&id=2", HttpStatusCode.BadRequest)]
    [InlineData("POST", "/dead-letters/bury", HttpStatusCode.MethodNotAllowed)]
    public async Task What_is_no_proper_question_is_told_so_and_changes_nothing(string method, string path, HttpStatusCode status)
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await WithDeadLettersAsync(sink, 1);

        using var response = await receiver.Management.SendAsync(new(new(method), path), TestContext.Current.CancellationToken);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(1, await receiver.RouteStatusAsync<long>("deadLetters"));
    }

    [Fact]
    public async Task A_web_page_cannot_redrive_or_discard_through_a_forwarded_port()
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await WithDeadLettersAsync(sink, 1);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/dead-letters/discard?all=true") { Headers = { { "Origin", "https://somewhere.example" } } };

        using var response = await receiver.Management.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal(1, await receiver.RouteStatusAsync<long>("deadLetters"));
    }

    [Fact]
    public async Task Without_a_spool_there_are_none_and_the_traffic_port_never_shows_any()
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await ReceiverUnderTest.StartAsync(sink);

        using var managed = await receiver.Management.GetAsync("/dead-letters", TestContext.Current.CancellationToken);
        using var traffic = await receiver.SendAsync(new(HttpMethod.Get, "/dead-letters"));

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (managed.StatusCode, traffic.StatusCode));
    }

    /// <summary>A receiver whose sink, which goes on to do so, refused events 1 to <paramref name="count"/>.</summary>
    private static async Task<ReceiverUnderTest> WithDeadLettersAsync(TestSink sink, int count, string? spool = null)
    {
        sink.Behaviour = TestSink.Answer(StatusCodes.Status400BadRequest);
        var receiver = await ReceiverUnderTest.StartWithSpoolAsync(sink, spool);
        for (var id = 1; id <= count; id++)
        {
            using var response = await receiver.PostAsync(ReceiverUnderTest.Update(id));
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        await Eventually.HoldsAsync(async () => await receiver.RouteStatusAsync<long>("deadLetters") == count, "all are put aside");
        return receiver;
    }

    private static async Task<long> NumberOfAsync(ReceiverUnderTest receiver, string eventId)
    {
        var page = JsonNode.Parse(await receiver.Management.GetStringAsync("/dead-letters", TestContext.Current.CancellationToken))!;
        return (long)page["items"]!.AsArray().Single(item => (string?)item!["eventId"] == eventId)!["id"]!;
    }

    private static async Task<(HttpStatusCode Status, string Text)> PostAsync(ReceiverUnderTest receiver, string path)
    {
        using var response = await receiver.Management.PostAsync(path, content: null, TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
