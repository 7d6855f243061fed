using MessengerOperator.Reconciliation.IntegrationTests.World;
using static MessengerOperator.Api.MessengerIntegrations.MessengerIntegrationConditions;
using static MessengerOperator.Api.MessengerIntegrations.MessengerIntegrationReasons;

namespace MessengerOperator.Reconciliation.IntegrationTests;

/// <summary>Secrets that are not as they should be. The provider is not asked about any of them.</summary>
public class SecretTests(ControlPlane plane)
{
    private const string Body = "AAF-this-part-has-the-right-length-00";

    public static TheoryData<string, string> Malformed => new()
    {
        { "", "empty" },
        { " ", "white space" },
        { $"7012345678:{Body}\n", "white space" },
        { $" 7012345678:{Body}", "white space" },
        { "7012345678", "form" },
        { $"bot7012345678:{Body}", "form" },
        { $"0012345678:{Body}", "form" },
        { "7012345678:short", "form" },
        { $"7012345678:{Body}/../getMe", "form" },
        { $"7012345678:{Body}\nX-Header: 1", "form" },
        { $"\"7012345678:{Body}\"", "form" },
    };

    [Fact]
    public async Task A_missing_Secret_is_told_and_its_arrival_is_enough()
    {
        await using var world = await TestWorld.StartAsync(plane);
        await world.Integrations.CreateAsync("acme", world.Bot);
        await world.IsHeldUpAsync("acme", SecretsResolved, SecretNotFound, says: "create it with the key 'apiToken'");

        await world.CreateSecretAsync();

        await world.IsReadyAsync("acme");
    }

    [Fact]
    public async Task A_missing_key_is_told_and_its_arrival_is_enough()
    {
        await using var world = await TestWorld.StartAsync(plane);
        await world.CreateSecretAsync(key: "token");
        await world.Integrations.CreateAsync("acme", world.Bot);
        await world.IsHeldUpAsync("acme", SecretsResolved, KeyMissing, says: "has no key 'apiToken'");

        await world.ChangeSecretAsync(world.Bot.Token);

        await world.IsReadyAsync("acme");
    }

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task A_malformed_token_is_told_without_asking_the_provider(string token, string says)
    {
        await using var world = await TestWorld.StartAsync(plane);
        await world.CreateSecretAsync(token);
        await world.Integrations.CreateAsync("acme", world.Bot);
        await world.IsHeldUpAsync("acme", SecretsResolved, MalformedCredential, says);
        Assert.Equal(0, (await world.Provider.CallsAsync()).Total);

        await world.ChangeSecretAsync(world.Bot.Token);

        await world.IsReadyAsync("acme");
    }

    [Fact]
    public async Task A_Secret_that_goes_is_told_and_the_registration_stays_until_it_is_back()
    {
        await using var world = await TestWorld.StartReadyAsync(plane);
        await world.DeleteSecretAsync();
        await world.IsHeldUpAsync("acme", SecretsResolved, SecretNotFound, says: "create it");
        Assert.NotNull(await world.WebhookAsync());

        await world.CreateSecretAsync();

        await world.IsReadyAsync("acme");
    }
}
