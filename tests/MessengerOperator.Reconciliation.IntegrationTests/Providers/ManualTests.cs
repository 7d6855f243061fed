using MessengerOperator.ProviderSimulator.Accounts;
using MessengerOperator.Reconciliation.IntegrationTests.World;
using static MessengerOperator.Api.MessengerIntegrations.MessengerIntegrationConditions;
using static MessengerOperator.Api.MessengerIntegrations.MessengerIntegrationReasons;

namespace MessengerOperator.Reconciliation.IntegrationTests.Providers;

/// <summary>Webhooks that an admin enters at the provider: the operator says what goes where, writes nothing, and sees when it is done.</summary>
public class ManualTests(ControlPlane plane)
{
    [Theory]
    [MemberData(nameof(JourneyTests.All), MemberType = typeof(JourneyTests))]
    public async Task What_an_admin_enters_at_the_provider_is_seen_there_and_works(string provider)
    {
        var tenant = JourneyTests.Tenants[provider]();
        await using var world = await TestWorld.StartReadyAsync(plane, new WorldOptions { Tenant = tenant, Receives = true });
        var wanted = (await world.Provider.RegistrationAsync()).All;
        await world.Integrations.DeleteAsync("acme");
        await world.Integrations.GoesAsync("acme");
        var before = await ClientsChangesAsync(world);

        await world.Integrations.CreateAsync("byhand", tenant, """{"webhook":{"registration":"Manual"}}""");
        var held = await world.IsHeldUpAsync("byhand", WebhookRegistered, ManualActionRequired, says: "status.webhook.url", calls: 4);
        var token = held.Status!.Webhook!.TokenSecretRef is { } reference && wanted.Any(registration => registration.SecretToken.Length > 0) ? await world.GeneratedAsync("byhand", reference.Key) : null;
        foreach (var registration in wanted)
        {
            await world.Provider.OverwriteWebhookAsync(new WebhookChange
            {
                Url = held.Status.Webhook.Url,
                SecretToken = token,
                AllowedUpdates = registration.AllowedUpdates.Count > 0 ? registration.AllowedUpdates : null,
                MaxConnections = token is not null && registration.MaxConnections > 0 ? registration.MaxConnections : null,
                Scope = registration.Scope.Length > 0 ? registration.Scope : null,
                Settings = registration.Settings.Where(setting => setting.Value == registration.Url).ToDictionary(setting => setting.Key, _ => held.Status.Webhook.Url!),
            });
        }

        // Facebook's webhook is read every two minutes only; the receiver, which has heard from the provider, is asked more often.
        await world.Provider.SendTextAsync("entered by hand");
        var sent = Assert.Single((await world.Provider.DeliveriesAsync("pending:0")).Deliveries);
        Assert.True(Assert.Single(sent.Attempts).Succeeded, $"{sent}");
        await world.Inbox.WaitForAsync(1, cancellationToken: TestContext.Current.CancellationToken);
        await world.Integrations.RequestAsync("byhand");

        await world.IsReadyAsync("byhand");
        Assert.Equal(before, await ClientsChangesAsync(world));
    }

    private static async Task<int> ClientsChangesAsync(TestWorld world) =>
        (await world.Provider.RegistrationAsync()).History.Count(change => change.Actor == RegistrationActor.Client);
}
