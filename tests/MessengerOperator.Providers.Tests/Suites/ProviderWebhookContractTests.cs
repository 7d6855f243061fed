using System.Text;
using MessengerOperator.Providers.Tests.Webhooks;
using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Providers.Tests.Suites;

/// <summary>What holds for the webhook half of every registered provider.</summary>
public class ProviderWebhookContractTests
{
    private const string Planted = "planted-verification-secret-0001";

    private static readonly byte[][] HostileBodies =
    [
        [],
        "{}"u8.ToArray(),
        "[]"u8.ToArray(),
        "null"u8.ToArray(),
        "\"text\""u8.ToArray(),
        "hello"u8.ToArray(),
        "{\"a\":"u8.ToArray(),
        "{\"update_id\":1,\"\\ud83d\":{},\"\":{}}"u8.ToArray(),
        [0xEF, 0xBB, 0xBF, (byte)'{', (byte)'}'],
        [0xFF, 0xFE, 0x00],
        new byte[4096],
        Encoding.UTF8.GetBytes(new string('[', 100_000)),
        Encoding.UTF8.GetBytes($"{{\"a\":\"{new string('x', 1_000_000)}\"}}"),
    ];

    public static TheoryData<string> Providers => [.. TestProviders.Registry.Names];

    [Theory]
    [MemberData(nameof(Providers))]
    public void It_names_its_methods_and_media_types(string provider)
    {
        var webhook = TestProviders.Get(provider).Webhook;
        Assert.NotEmpty(webhook.Methods);
        Assert.All(webhook.Methods, method => Assert.Equal(method.ToUpperInvariant(), method));
        Assert.NotEmpty(webhook.MediaTypes);
        Assert.All(webhook.MediaTypes, type => Assert.Matches("^[a-z]+/[a-z.+-]+$", type));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public void It_remembers_repeats_for_a_while_and_not_for_ever(string provider) =>
        Assert.InRange(TestProviders.Get(provider).Webhook.RepeatWindow, TimeSpan.FromMinutes(5), TimeSpan.FromDays(7));

    [Theory]
    [MemberData(nameof(Providers))]
    public void A_request_without_signature_is_refused_whatever_its_body(string provider)
    {
        foreach (var settings in Settings(provider))
        {
            var context = new VerificationContext(Keys(provider, settings), settings, DateTimeOffset.UnixEpoch);
            Assert.All(HostileBodies, body => Assert.NotEqual(VerificationResult.Accepted, TestProviders.Get(provider).Webhook.Verify(Request(body), context)));
        }
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public void Without_keys_nothing_is_accepted(string provider)
    {
        foreach (var settings in Settings(provider))
        {
            var context = new VerificationContext(new WebhookKeys([]), settings, DateTimeOffset.UnixEpoch);
            Assert.All(HostileBodies, body => Assert.NotEqual(VerificationResult.Accepted, TestProviders.Get(provider).Webhook.Verify(Request(body), context)));
        }
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public void A_hostile_body_is_read_without_an_exception(string provider)
    {
        foreach (var settings in Settings(provider))
        {
            Assert.All(HostileBodies, body => Assert.True(
                TestProviders.Get(provider).Webhook.Parse(Request(body), new("1", settings, DateTimeOffset.UnixEpoch)) is ParseResult.Events or ParseResult.Malformed));
        }
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public void A_strangers_request_is_no_handshake_that_is_answered(string provider)
    {
        var context = new VerificationContext(Keys(provider, default), default, DateTimeOffset.UnixEpoch);
        foreach (var method in TestProviders.Get(provider).Webhook.Methods)
        {
            var request = new WebhookRequest(method, "/", "", new TestHeaders(), default);
            Assert.IsNotType<HandshakeResult.Answer>(TestProviders.Get(provider).Webhook.Handshake(request, context));
        }
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public void What_a_stranger_sends_is_never_sent_back(string provider)
    {
        string[] queries = ["", "?", "?hub.mode=subscribe&hub.verify_token=wrong&hub.challenge=reflected", "?hub.challenge=reflected", "?challenge=reflected", "?crc_token=reflected", "?validationToken=reflected"];
        byte[][] bodies = [[], "{\"challenge\":\"reflected\",\"type\":\"url_verification\"}"u8.ToArray(), "{\"event\":\"webhook\",\"challenge\":\"reflected\"}"u8.ToArray()];
        foreach (var settings in Settings(provider))
        {
            var context = new VerificationContext(Keys(provider, settings), settings, DateTimeOffset.UnixEpoch);
            foreach (var (query, body, method) in from query in queries from body in bodies from method in TestProviders.Get(provider).Webhook.Methods select (query, body, method))
            {
                var handshake = TestProviders.Get(provider).Webhook.Handshake(new(method, "/", query, new TestHeaders(), body), context);
                Assert.False(handshake is HandshakeResult.Answer { Text.Length: > 0 }, $"{method} {query} was answered.");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public void Its_verification_keys_have_distinct_names(string provider)
    {
        foreach (var settings in Settings(provider))
        {
            var keys = TestProviders.Get(provider).VerificationKeys(settings);
            Assert.Equal(keys.Count, keys.DistinctBy(key => key.Name).Count());
        }

        Assert.NotEmpty(TestProviders.Get(provider).VerificationKeys(default));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public void Keys_never_show_their_values(string provider) => Assert.DoesNotContain(Planted, Keys(provider, default).ToString(), StringComparison.Ordinal);

    [Fact]
    public void A_verdict_that_nobody_reached_is_a_refusal() => Assert.NotEqual(VerificationResult.Accepted, default);

    [Fact]
    public void Every_event_type_has_a_name_of_its_own()
    {
        var types = Enum.GetValues<EventType>();
        Assert.Equal(types.Length, types.Select(EventTypes.Name).Distinct().Count());
        Assert.All(types, type => Assert.Equal($"io.messenger-operator.{EventTypes.Name(type)}.v1", EventTypes.CloudEventsType(type)));
    }

    // Those of every mode, and none at all.
    private static IEnumerable<ProviderSettings> Settings(string provider) =>
        ProviderUnderTest.Of(provider).SampleAccounts.Select(account => account.ToAccount().Settings).Append(default);

    private static WebhookRequest Request(byte[] body) => new("POST", "/", "", new TestHeaders(), body);

    private static WebhookKeys Keys(string provider, ProviderSettings settings) =>
        new(TestProviders.Get(provider).VerificationKeys(settings).Select(key => new KeyValuePair<string, IReadOnlyList<Secret>>(key.Name, [new Secret(Planted)])));
}
