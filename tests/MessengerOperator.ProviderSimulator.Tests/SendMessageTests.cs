using System.Text.Json.Nodes;
using MessengerOperator.ProviderSimulator.Accounts;

namespace MessengerOperator.ProviderSimulator.Tests;

public class SendMessageTests
{
    [Theory]
    [InlineData("""{"text":"x"}""", 400, "Bad Request: chat_id is empty")]
    [InlineData("""{"chat_id":5000000001}""", 400, "Bad Request: message text is empty")]
    [InlineData("""{"chat_id":42,"text":"x"}""", 400, "Bad Request: chat not found")]
    [InlineData("""{"chat_id":5000000001,"text":"x","reply_parameters":{"message_id":999}}""", 400, "Bad Request: message to be replied not found")]
    public async Task Messages_that_cannot_be_sent_are_refused(string arguments, int status, string description)
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.Control.SendTextAsync(Simulation.BotId, "hello");

        CredentialTests.AssertRefused(status, description, await simulation.CallAsync("sendMessage", (JsonObject)JsonNode.Parse(arguments)!));
    }

    [Fact]
    public async Task A_reply_to_a_customer_is_recorded()
    {
        await using var simulation = await Simulation.StartAsync();
        var asked = await simulation.Control.SendTextAsync(Simulation.BotId, "hello");

        var (status, envelope) = await simulation.CallAsync("sendMessage", new JsonObject
        {
            ["chat_id"] = long.Parse(asked.ChatId, null),
            ["text"] = "We are on it",
            ["reply_parameters"] = new JsonObject { ["message_id"] = long.Parse(asked.MessageId!, null) },
        });

        Assert.Equal(200, status);
        Assert.Equal("We are on it", (string?)envelope["result"]!["text"]);
        Assert.Equal("We are on it", Assert.Single(await simulation.Control.GetSentMessagesAsync(Simulation.BotId)).Text);
    }

    [Fact]
    public async Task A_text_beyond_4096_characters_is_refused()
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.Control.SendTextAsync(Simulation.BotId, "hello");

        CredentialTests.AssertRefused(
            400,
            "Bad Request: message is too long",
            await simulation.CallAsync("sendMessage", new JsonObject { ["chat_id"] = 5_000_000_001, ["text"] = new string('x', 4097) }));
    }

    [Fact]
    public async Task A_customer_who_blocked_the_bot_gets_nothing()
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.Control.SendMessageAsync(Simulation.BotId, new CustomerMessage { Kind = MessageKind.Blocked });

        CredentialTests.AssertRefused(
            403,
            "Forbidden: bot was blocked by the user",
            await simulation.CallAsync("sendMessage", new JsonObject { ["chat_id"] = 5_000_000_001, ["text"] = "x" }));
    }
}
