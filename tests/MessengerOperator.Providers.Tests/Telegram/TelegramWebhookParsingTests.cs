using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MessengerOperator.Providers.Tests.Webhooks;
using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Providers.Tests.Telegram;

/// <summary>Every update in testassets/telegram becomes the event beside it. UPDATE_EXPECTED=1 writes the expected files anew, to be read before they are committed.</summary>
public class TelegramWebhookParsingTests
{
    private const string AccountId = "700000001";

    private static readonly DateTimeOffset ReceivedAt = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);
    private static readonly string Folder = Path.Combine(TestProviders.RepositoryRoot, "tests", "MessengerOperator.Providers.Tests", "testassets", "telegram");
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static TheoryData<string> Updates =>
        [.. Directory.GetFiles(Folder, "*.json").Where(file => !file.EndsWith(".event.json", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(file => Path.GetFileNameWithoutExtension(file)!)];

    [Theory]
    [MemberData(nameof(Updates))]
    public void An_update_becomes_the_expected_event(string name)
    {
        var body = File.ReadAllBytes(Path.Combine(Folder, name + ".json"));
        var messengerEvent = Parse(body);
        var data = EventDataSerializer.ToUtf8(messengerEvent.Data with { Account = new(AccountId, "acme_support_bot") });
        EventSchema.AssertValid(data);

        var actual = JsonNode.Parse(data)!.AsObject();
        actual.Remove("original");
        actual["id"] = messengerEvent.Id;
        actual["type"] = EventTypes.Name(messengerEvent.Type);
        var expectedFile = Path.Combine(Folder, name + ".event.json");
        if (Environment.GetEnvironmentVariable("UPDATE_EXPECTED") == "1")
        {
            File.WriteAllText(expectedFile, actual.ToJsonString(Indented) + "\n");
        }

        var expected = JsonNode.Parse(File.ReadAllText(expectedFile));
        Assert.True(JsonNode.DeepEquals(expected, actual), actual.ToJsonString(Indented));
    }

    [Theory]
    [MemberData(nameof(Updates))]
    public void The_original_is_kept_byte_for_byte(string name)
    {
        var body = File.ReadAllBytes(Path.Combine(Folder, name + ".json"));
        var data = Encoding.UTF8.GetString(EventDataSerializer.ToUtf8(Parse(body).Data));
        Assert.Contains(Encoding.UTF8.GetString(body), data, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("17")]
    [InlineData("{}")]
    [InlineData("{\"update_id\":\"810000001\"}")]
    [InlineData("{\"update_id\":1.5}")]
    [InlineData("{\"update_id\":1e300}")]
    [InlineData("{\"update_id\":810000001")]
    [InlineData("{\"update_id\":810000001,\"message\":{\"text\":\"cut of")]
    [InlineData("{\"update_id\":810000001}{\"update_id\":810000002}")]
    [InlineData("update_id=810000001")]
    public void What_is_no_update_is_malformed(string body) => Assert.IsType<ParseResult.Malformed>(ParseAny(Encoding.UTF8.GetBytes(body)));

    [Fact]
    public void Bytes_that_are_not_utf_8_are_malformed() =>
        Assert.IsType<ParseResult.Malformed>(ParseAny([.. "{\"update_id\":1,\"message\":{\"text\":\""u8, 0xC3, 0x28, .. "\"}}"u8]));

    [Theory]
    [InlineData(50, false)]
    [InlineData(65, true)]
    [InlineData(100_000, true)]
    public void Nesting_is_bounded(int depth, bool malformed)
    {
        var body = $"{{\"update_id\":1,\"message\":{string.Concat(Enumerable.Repeat("{\"a\":", depth))}1{new string('}', depth)}}}";
        Assert.Equal(malformed, ParseAny(Encoding.UTF8.GetBytes(body)) is ParseResult.Malformed);
    }

    [Fact]
    public void Without_a_known_account_the_id_is_the_update_id()
    {
        var parsed = Assert.IsType<ParseResult.Events>(ParseAny("{\"update_id\":810000001}"u8.ToArray(), accountId: null));
        Assert.Equal("810000001", Assert.Single(parsed.Items).Id);
    }

    [Fact]
    public void Cutting_an_update_anywhere_is_malformed()
    {
        var body = File.ReadAllBytes(Path.Combine(Folder, "text.json")).AsSpan().TrimEnd("\n"u8).ToArray();
        for (var length = 0; length < body.Length; length++)
        {
            Assert.IsType<ParseResult.Malformed>(ParseAny(body[..length]));
        }
    }

    [Theory]
    [MemberData(nameof(Updates))]
    public void Whatever_a_value_is_replaced_with_there_is_a_valid_event(string name)
    {
        var text = File.ReadAllText(Path.Combine(Folder, name + ".json"));
        foreach (var (start, end) in Values(Encoding.UTF8.GetBytes(text)))
        {
            foreach (var replacement in new[] { "null", "true", "-1", "1e308", "99999999999999999999", "\"\"", "\"\\ud83d\"", "[]", "[[1]]", "{}" })
            {
                var data = Parse(Encoding.UTF8.GetBytes(text[..start] + replacement + text[end..])).Data;
                EventSchema.AssertValid(EventDataSerializer.ToUtf8(data with { Account = new(AccountId, null) }));
            }
        }
    }

    /// <summary>Where each value of an update is, but its id's. The assets are ASCII, so bytes and characters are the same.</summary>
    private static List<(int Start, int End)> Values(byte[] update)
    {
        var values = new List<(int, int)>();
        var reader = new Utf8JsonReader(update);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("update_id"))
            {
                reader.Skip();
            }
            else if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray && reader.CurrentDepth > 0)
            {
                var inner = reader;
                inner.Skip();
                values.Add(((int)reader.TokenStartIndex, (int)inner.BytesConsumed));
            }
            else if (reader.TokenType is JsonTokenType.String or JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False)
            {
                values.Add(((int)reader.TokenStartIndex, (int)reader.BytesConsumed));
            }
        }

        return values;
    }

    private static MessengerEvent Parse(byte[] body) => Assert.Single(Assert.IsType<ParseResult.Events>(ParseAny(body)).Items);

    private static ParseResult ParseAny(byte[] body, string? accountId = AccountId) =>
        TestProviders.Get("Telegram").Webhook.Parse(new("POST", "/", "", new TestHeaders(), body), new(accountId, default, ReceivedAt));
}
