using MessengerOperator.Reconciliation.IntegrationTests.World;
using static MessengerOperator.Api.MessengerIntegrations.MessengerIntegrationConditions;
using static MessengerOperator.Api.MessengerIntegrations.MessengerIntegrationReasons;

namespace MessengerOperator.Reconciliation.IntegrationTests;

/// <summary>Registered is not delivering: what the provider says of its deliveries.</summary>
public class DeliveryTests(ControlPlane plane)
{
    [Fact]
    public async Task Deliveries_that_fail_are_told_and_leave_Ready_alone()
    {
        await using var world = await TestWorld.StartReadyAsync(plane);
        await world.Provider.SendTextAsync("Is anybody there?");
        await world.Provider.DeliveriesFailAsync(1);

        var request = await world.Integrations.RequestAsync("acme");

        await world.Integrations.BecomesAsync("acme", integration => integration.Status!.LastHandledRequest == request);
        var told = await world.Integrations.BecomesAsync("acme", integration => integration.Has(DeliveryHealthy, "False", ProviderReportsErrors));
        Assert.Equal(1, told.Status!.Webhook!.PendingDeliveries);
        Assert.Equal("ConnectionFailed", told.Status.Webhook.LastError?.Reason);
        await world.TellsAsync("acme", ProviderReportsErrors, says: "gets no connection to the public URL");
        await world.IsReadyAsync("acme");
        await world.FurtherPassesAreIdleAsync("acme");
    }
}
