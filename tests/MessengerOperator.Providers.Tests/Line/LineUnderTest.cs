using System.Text;
using MessengerOperator.Providers.Tests.Suites;

namespace MessengerOperator.Providers.Tests.Line;

internal sealed class LineUnderTest : ProviderUnderTest
{
    /// <summary>The channel secret of the page's vectors.</summary>
    public const string ChannelSecret = "9f8e7d6c5b4a39281706f5e4d3c2b1a0";

    /// <summary>LINE's name for the header, in one of the letter cases that it comes in.</summary>
    public const string SignatureHeader = "x-line-signature";

    /// <summary>The vectors L0 to L2 of LINE's page and the Node SDK's own.</summary>
    public static IReadOnlyList<SignedSample> Vectors { get; } =
    [
        Vector("L0, the endpoint test", "endpoint-test.json", "wxGfW2qVNZyrn98PBeZ6TuE+UqooydpTt+X9T1qD5Tg="),
        Vector("L1, ASCII", "text.json", "30mCl/ox2Z48O4r+uDsTMDs9EPwAUch+xyIH8QEbwpg="),
        Vector("L2, raw UTF-8", "text-in-group.json", "X3KQYYGXJMw+N9cPoNbDi+AM2j4IWYEUWffFm4bJIeg="),
        new()
        {
            Name = "the Node SDK's test",
            Keys = new Dictionary<string, string> { ["channelSecret"] = "test_secret" },
            Signature = (SignatureHeader, "t7Hn4ZDHqs6e+wdvI5TyQIvzie0DmMUmuXEBqyyE/tM="),
            Body = Encoding.UTF8.GetBytes("""{"hello":"world"}"""),
        },
    ];

    public override string Name => "Line";

    public override string? AccountId => "U0123456789abcdef0123456789abcdef";

    public override string? AccountName => "@123abcde";

    public override IReadOnlyCollection<string> Essential => ["events"];

    public override IReadOnlyList<SampleAccount> SampleAccounts =>
    [
        new(
            "channel",
            "{}",
            new Dictionary<string, string> { ["channelAccessToken"] = "bWFkZSB1cCBjaGFubmVsIGFjY2VzcyB0b2tlbg/+=", ["channelSecret"] = ChannelSecret }),
    ];

    public override IReadOnlyList<SignedSample> SignedSamples => Vectors;

    private static SignedSample Vector(string name, string asset, string signature) => new()
    {
        Name = name,
        Keys = new Dictionary<string, string> { ["channelSecret"] = ChannelSecret },
        Signature = (SignatureHeader, signature),
        Body = new WebhookAsset("Line", asset).Read(),
    };
}
