using MessengerOperator.Reconciliation.IntegrationTests.World;

namespace MessengerOperator.Reconciliation.IntegrationTests.Providers;

public class JourneyTests(ControlPlane plane)
{
    internal static readonly Dictionary<string, Func<Tenant>> Tenants = new()
    {
        ["Facebook"] = FacebookPage.New,
        ["LINE"] = LineChannel.New,
        ["Nexmo, SMS API"] = VonageAccount.NewSms,
        ["Nexmo, Messages API"] = VonageAccount.NewMessages,
        ["Telegram"] = Bot.New,
        ["Viber"] = ViberBot.New,
    };

    public static TheoryData<string> All => [.. Tenants.Keys];

    [Theory]
    [MemberData(nameof(All))]
    public Task Every_example_becomes_Ready_and_all_that_a_customer_does_arrives(string provider) => Journey.IsMadeAsync(plane, Tenants[provider]());
}
