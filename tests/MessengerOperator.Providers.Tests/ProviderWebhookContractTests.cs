using System.Text;
using MessengerOperator.Providers.Tests.Webhooks;
using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Providers.Tests;

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
    public void A_request_without_signature_is_refused_whatever_its_body(string provider)
    {
        foreach (var body in HostileBodies)
        {
            Assert.NotEqual(VerificationResult.Accepted, Verify(provider, body, Planted));
        }
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public void Without_keys_nothing_is_accepted(string provider)
    {
        var keys = new WebhookKeys([]);
        foreach (var body in HostileBodies)
        {
            Assert.NotEqual(
                VerificationResult.Accepted,
                TestProviders.Get(provider).Webhook.Verify(Request(body), new(keys, default, DateTimeOffset.UnixEpoch)));
        }
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public void A_hostile_body_is_read_without_an_exception(string provider)
    {
        foreach (var body in HostileBodies)
        {
            var result = TestProviders.Get(provider).Webhook.Parse(Request(body), new("1", default, DateTimeOffset.UnixEpoch));
            Assert.True(result is ParseResult.Events or ParseResult.Malformed);
        }
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public void A_strangers_request_is_no_handshake_that_is_answered(string provider)
    {
        var context = new VerificationContext(Keys(provider, Planted), default, DateTimeOffset.UnixEpoch);
        foreach (var method in TestProviders.Get(provider).Webhook.Methods)
        {
            var request = new WebhookRequest(method, "/", "", new TestHeaders(), default);
            Assert.IsNotType<HandshakeResult.Answer>(TestProviders.Get(provider).Webhook.Handshake(request, context));
        }
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public void Its_verification_keys_have_distinct_names(string provider)
    {
        var keys = TestProviders.Get(provider).VerificationKeys(default);
        Assert.NotEmpty(keys);
        Assert.Equal(keys.Count, keys.DistinctBy(key => key.Name).Count());
    }

    [Fact]
    public void A_verdict_that_nobody_reached_is_a_refusal() => Assert.NotEqual(VerificationResult.Accepted, default);

    [Fact]
    public void Keys_never_show_their_values() => Assert.DoesNotContain(Planted, Keys("Telegram", Planted).ToString(), StringComparison.Ordinal);

    [Fact]
    public void Every_event_type_has_a_name_of_its_own()
    {
        var types = Enum.GetValues<EventType>();
        Assert.Equal(types.Length, types.Select(EventTypes.Name).Distinct().Count());
        Assert.All(types, type => Assert.Equal($"io.messenger-operator.{EventTypes.Name(type)}.v1", EventTypes.CloudEventsType(type)));
    }

    private static VerificationResult Verify(string provider, byte[] body, string secret) =>
        TestProviders.Get(provider).Webhook.Verify(Request(body), new(Keys(provider, secret), default, DateTimeOffset.UnixEpoch));

    private static WebhookRequest Request(byte[] body) => new("POST", "/", "", new TestHeaders(), body);

    private static WebhookKeys Keys(string provider, string secret) =>
        new(TestProviders.Get(provider).VerificationKeys(default).Select(key => new KeyValuePair<string, IReadOnlyList<Secret>>(key.Name, [new Secret(secret)])));
}
