using System.Text;

namespace MessengerOperator.Providers.Tests.Viber;

internal sealed class ViberUnderTest : ProviderUnderTest
{
    public const string Token = "50aa11bb22cc33dd-44ee55ff66aa77bb-88cc99dd00ee11ff";

    /// <summary>V0 of the provider's page: the check during set_webhook.</summary>
    public static readonly SignedSample V0 = Vector(
        "V0",
        """{"event":"webhook","timestamp":1790000000000,"chat_hostname":"SN-CHAT-01_","message_token":5900000000000000001}""",
        "fd1f69fef29b43e7ac11d576fc8c71d11f3fa526bd635345b8bf91ef4a24f856");

    /// <summary>V1: ASCII.</summary>
    public static readonly SignedSample V1 = Vector(
        "V1",
        """{"event":"message","timestamp":1790000000042,"chat_hostname":"SN-CHAT-01_","message_token":5900000000000000002,"sender":{"id":"MDEyMzQ1Njc4OUFCQ0RFRg==","name":"Sample User","language":"en","country":"GB","api_version":10},"message":{"text":"hello operator","type":"text"},"silent":false}""",
        "6d95a3c2c3ce53925ad4bee240e3545788ac5fdeeed2bce4a514163695085683");

    /// <summary>V2: raw UTF-8.</summary>
    public static readonly SignedSample V2 = Vector(
        "V2",
        """{"event":"message","timestamp":1790000001042,"chat_hostname":"SN-CHAT-01_","message_token":5900000000000000003,"sender":{"id":"MDEyMzQ1Njc4OUFCQ0RFRg==","name":"Олена Щукіна","language":"uk","country":"UA","api_version":10},"message":{"text":"Привіт 👋 ßé","type":"text","tracking_data":"ticket-42"},"silent":false}""",
        "91ade955ac652d0ba127a46ab2412c6be5f0ee6d0fdfaeff25a2cb010e747669");

    public override string Name => "Viber";

    public override string? AccountId => "pa:750000000000000001";

    public override string? AccountName => "acmesupport";

    public override IReadOnlyCollection<string> Essential => ["event"];

    public override IReadOnlyList<SampleAccount> SampleAccounts =>
        [new("bot", """{"botUsername":"acmesupport"}""", new Dictionary<string, string> { ["authToken"] = Token })];

    public override IReadOnlyList<SignedSample> SignedSamples =>
    [
        V0, V1, V2,
        V1 with { Name = "V1 in the query", Signature = null, Query = "?sig=" + V1.Signature!.Value.Value, CoversQuery = true, MeaningOfParameters = parameters => parameters.ToLowerInvariant() },
        V1 with
        {
            // The vector of the official Python SDK's own test; its timestamp is far in the future.
            Name = "Python SDK",
            Keys = new Dictionary<string, string> { ["authToken"] = "44dafb7e0f40021e-61a47a1e6778d187-f2c5a676a07050b3" },
            Body = """{"event":"webhook","timestamp":4977069964384421269,"message_token":1478683725125}"""u8.ToArray(),
            Signature = (SignatureHeader, "d21b343448c8aee33b8e93768ef6ceb64a6ba6163099973a2b8bd028fea510ef"),
        },
    ];

    private const string SignatureHeader = "X-Viber-Content-Signature";

    private static SignedSample Vector(string name, string body, string signature) => new()
    {
        Name = name,
        Keys = new Dictionary<string, string> { ["authToken"] = Token },
        Body = Encoding.UTF8.GetBytes(body),
        Signature = (SignatureHeader, signature),
        MeaningOfSignature = value => value.ToLowerInvariant(),
        Now = DateTimeOffset.FromUnixTimeMilliseconds(1790000002000),
    };
}
