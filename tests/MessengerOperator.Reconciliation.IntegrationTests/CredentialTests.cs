using MessengerOperator.Reconciliation.IntegrationTests.World;
using static MessengerOperator.Api.MessengerIntegrations.MessengerIntegrationConditions;
using static MessengerOperator.Api.MessengerIntegrations.MessengerIntegrationReasons;

namespace MessengerOperator.Reconciliation.IntegrationTests;

/// <summary>Credentials that the provider refuses, or that are somebody else's.</summary>
public class CredentialTests(ControlPlane plane)
{
    [Fact]
    public async Task A_refused_token_is_asked_about_once_and_the_right_one_is_enough()
    {
        await using var world = await TestWorld.StartAsync(plane);
        await world.CreateSecretAsync(world.Bot.WithNewToken().Token);
        await world.Integrations.CreateAsync("acme", world.Bot);
        await world.IsHeldUpAsync("acme", CredentialsValid, InvalidCredentials, says: "put valid ones into the referenced Secret");
        Assert.Equal(1, (await world.Provider.CallsAsync()).Total);

        await world.ChangeSecretAsync(world.Bot.Token);

        await world.IsReadyAsync("acme");
    }

    [Fact]
    public async Task A_token_revoked_later_is_told_when_asked_and_the_new_one_is_enough()
    {
        await using var world = await TestWorld.StartReadyAsync(plane);
        var renewed = world.Bot.WithNewToken();
        await world.Provider.RevokeTokenAsync(renewed.Token);
        var request = await world.Integrations.RequestAsync("acme");
        var held = await world.IsHeldUpAsync("acme", CredentialsValid, InvalidCredentials, says: "Unauthorized");
        Assert.Equal(request, held.Status?.LastHandledRequest);

        await world.ChangeSecretAsync(renewed.Token);

        await world.IsReadyAsync("acme");
        Assert.NotNull(await world.WebhookAsync());
    }

    [Fact]
    public async Task A_token_of_another_bot_is_told_and_the_right_name_is_enough()
    {
        await using var world = await TestWorld.StartAsync(plane);
        await world.CreateSecretAsync();
        await world.Integrations.CreateAsync("acme", world.Bot with { Username = "acme_sales_bot" });
        await world.IsHeldUpAsync("acme", CredentialsValid, AccountMismatch, says: $"belongs to @{world.Bot.Username}");
        Assert.Null(await world.WebhookAsync());

        await world.Integrations.ChangeAsync("acme", $$"""{"telegram":{"botUsername":"{{world.Bot.Username}}" } }""");

        await world.IsReadyAsync("acme");
    }

    [Fact]
    public async Task A_name_is_compared_without_regard_to_case()
    {
        await using var world = await TestWorld.StartAsync(plane);
        await world.CreateSecretAsync();
        await world.Integrations.CreateAsync("acme", world.Bot with { Username = world.Bot.Username.ToUpperInvariant() });

        await world.IsReadyAsync("acme");
    }
}
