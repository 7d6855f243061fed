namespace MessengerOperator.Providers.Tests.SixthProvider;

internal sealed class PigeonUnderTest : ProviderUnderTest
{
    public override string Name => "Pigeon";

    public override string? AccountId => "loft-17";

    public override string? AccountName => "acme";

    public override IReadOnlyCollection<string> Essential => ["letters"];

    public override IReadOnlyList<SampleAccount> SampleAccounts =>
    [
        new("loft", """{"loft":"acme"}""", new Dictionary<string, string> { ["apiToken"] = "made-up-token-of-a-loft-00", ["signingSecret"] = "made-up-signing-secret-of-a-loft" }),
    ];

    // Computed once with OpenSSL: openssl dgst -sha256 -hmac made-up-signing-secret-of-a-loft -binary | base64
    public override IReadOnlyList<SignedSample> SignedSamples =>
    [
        new()
        {
            Name = "P1",
            Keys = new Dictionary<string, string> { ["signingSecret"] = "made-up-signing-secret-of-a-loft" },
            Body = """{"letters":[{"id":1,"from":"ira","text":"coo"}]}"""u8.ToArray(),
            Signature = ("X-Pigeon-Signature", "HfTDHetizzgxD5EJYbIugMhlcL06gw8Kizj/jFpmMDg="),
        },
    ];
}
