using System.Text;
using MessengerOperator.Providers.Tests.Webhooks;
using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Providers.Tests.Suites;

/// <summary>Whatever a stranger sends, the webhook half of a provider neither throws nor accepts it nor makes an event of it that the schema does not allow.</summary>
public class ProviderFuzzTests(ITestOutputHelper output)
{
    private const int ParserCases = 3000;
    private const int SignatureCases = 3000;

    public static TheoryData<string> Providers => [.. TestProviders.Registry.Names];

    [Theory]
    [MemberData(nameof(Providers))]
    public void A_mutated_body_is_read_without_an_exception_into_valid_events(string provider)
    {
        var assets = WebhookAsset.Of(provider);
        var corpora = assets.GroupBy(asset => Path.GetExtension(asset.File)).ToDictionary(group => group.Key, group => group.Select(asset => asset.Read()).ToList());
        var fuzzer = Start(provider, ParserCases);
        var read = 0;
        while (fuzzer.Next())
        {
            var asset = fuzzer.Pick(assets);
            var body = fuzzer.Mutate(corpora[Path.GetExtension(asset.File)]);
            Check(fuzzer, body, () =>
            {
                var result = asset.Parse(body);
                Assert.True(result is ParseResult.Events or ParseResult.Malformed);
                foreach (var messengerEvent in (result as ParseResult.Events)?.Items ?? [])
                {
                    asset.Data(messengerEvent);
                    Assert.True(Enum.IsDefined(messengerEvent.Type));
                    read++;
                }
            });
        }

        output.WriteLine($"{read} events from {fuzzer.Case - 1} bodies");
        Assert.True(read > 0, "No mutated body was readable: the corpus does not reach the parser.");
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public void A_mutated_request_is_refused_without_an_exception(string provider)
    {
        var samples = ProviderUnderTest.Of(provider).SignedSamples;
        var fuzzer = Start(provider, SignatureCases);
        while (fuzzer.Next())
        {
            var genuine = fuzzer.Pick(samples);
            var forged = Forge(fuzzer, genuine);
            var input = Encoding.UTF8.GetBytes($"{forged.Query}\n{forged.Signature}\n{Encoding.Latin1.GetString(forged.Body)}");
            Check(fuzzer, input, () =>
            {
                var verdict = forged.Verify(provider);
                Assert.True(Enum.IsDefined(verdict));
                Assert.True(verdict != VerificationResult.Accepted || MeansTheSame(genuine, forged), "A forged request was accepted.");
                Handshake(provider, forged);
            });
        }
    }

    private static SignedSample Forge(Fuzzer fuzzer, SignedSample sample) => fuzzer.Pick([0, 1, 2, 3]) switch
    {
        0 when sample.Signature is var (name, value) => sample with { Signature = (name, fuzzer.Mutate(value)) },
        1 when sample.CoversQuery => sample with { Query = fuzzer.Mutate(sample.Query) },
        2 when sample.Signature is null => sample with { Query = fuzzer.Mutate("?sig=" + new string('a', 64)), Body = fuzzer.Mutate([sample.Body]) },
        _ => sample with { Body = fuzzer.Mutate([sample.Body]) },
    };

    private static bool MeansTheSame(SignedSample genuine, SignedSample other) =>
        (!genuine.CoversBody
            || genuine.Body.AsSpan().SequenceEqual(other.Body)
            || (genuine.IsForm && genuine.MeaningOfParameters(Encoding.Latin1.GetString(genuine.Body)) == genuine.MeaningOfParameters(Encoding.Latin1.GetString(other.Body))))
        && (!genuine.CoversQuery || genuine.MeaningOfParameters(genuine.Query) == genuine.MeaningOfParameters(other.Query))
        && (genuine.Signature is null || genuine.MeaningOfSignature(genuine.Signature.Value.Value) == genuine.MeaningOfSignature(Sent(other.Signature!.Value.Value)));

    // A server hands a value over without the blanks around it.
    private static string Sent(string value) => value.Trim(' ', '\t');

    private static void Handshake(string provider, SignedSample sample)
    {
        var keys = new WebhookKeys(sample.Keys.Select(key => new KeyValuePair<string, IReadOnlyList<Secret>>(key.Key, [new Secret(key.Value)])));
        var headers = new TestHeaders([.. new[] { sample.Signature }.OfType<(string, string)>()]);
        foreach (var method in TestProviders.Get(provider).Webhook.Methods)
        {
            var result = TestProviders.Get(provider).Webhook.Handshake(new(method, "/", sample.Query, headers, sample.Body), new(keys, default, sample.Now));
            Assert.True(result is HandshakeResult.None or HandshakeResult.Answer or HandshakeResult.Refused or HandshakeResult.Malformed);
        }
    }

    private static void Check(Fuzzer fuzzer, byte[] input, Action check)
    {
        try
        {
            check();
        }
        catch (Exception exception)
        {
            throw new Xunit.Sdk.XunitException(fuzzer.Describe(input), exception);
        }
    }

    private Fuzzer Start(string provider, int cases)
    {
        var fuzzer = new Fuzzer(cases);
        output.WriteLine($"{provider}: FUZZ_SEED={fuzzer.Seed}");
        return fuzzer;
    }
}
