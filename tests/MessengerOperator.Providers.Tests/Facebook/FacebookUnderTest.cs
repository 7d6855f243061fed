using System.Text;

namespace MessengerOperator.Providers.Tests.Facebook;

internal sealed class FacebookUnderTest : ProviderUnderTest
{
    /// <summary>The app secret of the vectors on the provider's page.</summary>
    public const string AppSecret = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";

    public const string VerifyToken = "Zm9vYmFy-verify-01";
    public const string SignatureHeader = "X-Hub-Signature-256";

    /// <summary>F1: ASCII.</summary>
    public const string F1 =
        """{"object":"page","entry":[{"id":"110000000000001","time":1790000000123,"messaging":[{"sender":{"id":"7700000000000001"},"recipient":{"id":"110000000000001"},"timestamp":1790000000042,"message":{"mid":"m_AAAAexample0001","text":"hello operator"}}]}]}""";

    public const string F1Signature = "sha256=079cd0ac5b38e5a325ae847b722af247258e5623a3d32297ec9ae2aedf90e812";

    /// <summary>F2: escapes as on the wire.</summary>
    public const string F2 =
        """{"object":"page","entry":[{"id":"110000000000001","time":1790000001123,"messaging":[{"sender":{"id":"7700000000000001"},"recipient":{"id":"110000000000001"},"timestamp":1790000001042,"message":{"mid":"m_AAAAexample0002","text":"Gr\u00fc\u00dfe \ud83d\udc4b an Zo\u00eb\/\u00dcnal"}}]}]}""";

    public const string F2Signature = "sha256=32ca1b3abcb11da15b8a66aa5d31bf1ace4d5901b81e465e87e0f70fd627aee0";

    /// <summary>F3: the JSON value of F2 in raw UTF-8.</summary>
    public const string F3 =
        """{"object":"page","entry":[{"id":"110000000000001","time":1790000001123,"messaging":[{"sender":{"id":"7700000000000001"},"recipient":{"id":"110000000000001"},"timestamp":1790000001042,"message":{"mid":"m_AAAAexample0002","text":"Grüße 👋 an Zoë/Ünal"}}]}]}""";

    public const string F3Signature = "sha256=87f03ab749081ea7fba8c5606557d93b7c9afdb38a2fbac713556bd3e16fa712";

    private const string Block = """{"pageUsername":"acmesupport","pageId":"110000000000001","appId":"220000000000002"}""";
    private const string Prefix = "sha256=";

    public override string Name => "Facebook";

    public override string? AccountName => "acmesupport";

    public override IReadOnlyCollection<string> Essential => ["object", "entry"];

    public override IReadOnlyList<SignedSample> SignedSamples => [Sample("F1", F1, F1Signature), Sample("F2", F2, F2Signature), Sample("F3", F3, F3Signature)];

    public override IReadOnlyList<SampleAccount> SampleAccounts =>
    [
        new("page", Block, Credentials),
        new(
            "page with a verify token of its own",
            """{"pageId":"110000000000001","appId":"220000000000002","webhookVerifyToken":{"name":"acme-facebook","key":"webhookVerifyToken"}}""",
            Credentials),
    ];

    private static Dictionary<string, string> Credentials => new()
    {
        ["pageAccessToken"] = "EAAMADEUPpageTOKEN0001",
        ["appSecret"] = AppSecret,
        ["webhookVerifyToken"] = VerifyToken,
    };

    protected override string SettingsFor(string asset) => asset.EndsWith("-unknown", StringComparison.Ordinal) ? """{"pageId":"110000000000001"}""" : Block;

    private static SignedSample Sample(string name, string body, string signature) => new()
    {
        Name = name,
        Keys = new Dictionary<string, string> { ["appSecret"] = AppSecret, ["verifyToken"] = VerifyToken },
        Signature = (SignatureHeader, signature),
        Body = Encoding.UTF8.GetBytes(body),
        MeaningOfSignature = value => value.StartsWith(Prefix, StringComparison.Ordinal) ? Prefix + value[Prefix.Length..].ToLowerInvariant() : value,
    };
}
