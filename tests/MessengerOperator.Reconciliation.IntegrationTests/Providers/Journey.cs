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

        var queued = new List<MessageKind>();
        foreach (var kind in account.Kinds)
        {
            var sent = await world.Provider.SendAsync(new CustomerMessage { Kind = kind });
            if (sent.State == DeliveryState.Pending)
            {
                queued.Add(kind);
            }
        }

        // What the product subscribes to on purpose is all but these.
        Assert.Equal(tenant.UnwantedKinds.Order(), account.Kinds.Except(queued).Order());
        var deliveries = await world.Provider.DeliveriesAsync("pending:0");
        Assert.Equal((0, 0), (deliveries.FailedAttempts, deliveries.Expired));
        Assert.Empty(deliveries.Violations);

        // Some providers tell one doing in several events, so the events are counted, not the doings.
        var heard = deliveries.Deliveries.Count(delivery => delivery.State == DeliveryState.Acknowledged) - queued.Intersect(tenant.SilentKinds).Count();
        Assert.True(heard >= queued.Except(tenant.SilentKinds).Count());
        var inbox = await world.Inbox.WaitForAsync(heard, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal((heard, heard), (inbox.Count, inbox.Distinct));

        // A genuine event again is one that the inbox knows; a forged one never gets there.
        var known = deliveries.Deliveries.First(delivery => delivery.State == DeliveryState.Acknowledged).Id;
        Assert.True((await world.Provider.RedeliverAsync(known)).Attempt!.Succeeded);
        foreach (var secret in new[] { SecretHeader.Missing, SecretHeader.Wrong })
        {
            Assert.False((await world.Provider.SendAsync(new CustomerMessage { Secret = secret })).Attempt!.Succeeded);
        }

        await world.Integrations.DeleteAsync("acme");
        await world.Integrations.GoesAsync("acme");
        Assert.Null(await world.WebhookAsync());
        Assert.Equal(heard, world.Inbox.Report().Distinct);
    }
}
