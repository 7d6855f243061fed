namespace MessengerOperator.Providers.Tests.Telegram;

internal sealed class TelegramUnderTest : ProviderUnderTest
{
    public override string Name => "Telegram";

    public override string? AccountId => "700000001";

    public override string? AccountName => "acme_support_bot";

    public override IReadOnlyCollection<string> Essential => ["update_id"];

    public override IReadOnlyList<SampleAccount> SampleAccounts =>
    [
        new("bot", """{"botUsername":"acme_support_bot"}""", new Dictionary<string, string> { ["apiToken"] = "7012345678:AAF-made-up-token-for-the-example-00" }),
    ];

    public override IReadOnlyList<SignedSample> SignedSamples =>
    [
        new()
        {
            Name = "T1",
            Keys = new Dictionary<string, string> { ["secretToken"] = "Zm9vYmFy_secret-01" },
            Signature = ("X-Telegram-Bot-Api-Secret-Token", "Zm9vYmFy_secret-01"),
            Body = "{\"update_id\":810000001}"u8.ToArray(),
            CoversBody = false,
        },
    ];
}
