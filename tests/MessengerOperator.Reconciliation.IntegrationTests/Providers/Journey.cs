using MessengerOperator.ProviderSimulator.Accounts;
using MessengerOperator.ProviderSimulator.Delivery;
using MessengerOperator.Reconciliation.IntegrationTests.World;

namespace MessengerOperator.Reconciliation.IntegrationTests.Providers;

/// <summary>What every provider's example comes to, from nothing to nothing, with the real receiver in between.</summary>
internal static class Journey
{
    /// <summary>
    /// The example becomes Ready, everything that a customer can do reaches the inbox once, forged requests do not, and with the integration goes the
    /// registration.
    /// </summary>
    public static async Task IsMadeAsync(ControlPlane plane, Tenant tenant)
    {
        await using var world = await TestWorld.StartReadyAsync(plane, new WorldOptions { Tenant = tenant, Receives = true });
        var account = await world.Provider.AccountAsync();
        Assert.StartsWith($"https://{SimulatedProvider.PublicHost}/", account.WebhookUrl, StringComparison.Ordinal);

        foreach (var kind in account.Kinds)
        {
            var sent = await world.Provider.SendAsync(new CustomerMessage { Kind = kind });
            Assert.True(sent.State == DeliveryState.Pending, $"{kind} is not delivered: {sent.State}");
        }

        var deliveries = await world.Provider.DeliveriesAsync($"acknowledged:{account.Kinds.Count}");
        Assert.Equal(0, deliveries.FailedAttempts);
        Assert.Empty(deliveries.Violations);
        var heard = account.Kinds.Except(tenant.SilentKinds).Count();
        var inbox = await world.Inbox.WaitForAsync(heard, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal((heard, heard), (inbox.Count, inbox.Distinct));

        // A genuine event again is one that the inbox knows; a forged one never gets there.
        var known = deliveries.Deliveries[0].Id;
        Assert.True((await world.Provider.RedeliverAsync(known)).Attempt!.Succeeded);
        foreach (var secret in new[] { SecretHeader.Missing, SecretHeader.Wrong, SecretHeader.WrongCase })
        {
            Assert.False((await world.Provider.SendAsync(new CustomerMessage { Secret = secret })).Attempt!.Succeeded);
        }

        await world.Integrations.DeleteAsync("acme");
        await world.Integrations.GoesAsync("acme");
        Assert.Null(await world.WebhookAsync());
        Assert.Equal(heard, world.Inbox.Report().Distinct);
    }
}
