using k8s;
using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.ProviderSimulator.Accounts;
using MessengerOperator.ProviderSimulator.Delivery;
using MessengerOperator.Reconciliation.IntegrationTests.World;
using MessengerOperator.TestKit;
using static MessengerOperator.Api.MessengerIntegrations.MessengerIntegrationReasons;

namespace MessengerOperator.Reconciliation.IntegrationTests.Providers;

/// <summary>Vonage accounts whose webhooks are not signed: the webhook's path ends in a token, which nobody but Vonage may see.</summary>
public class NexmoPathTests(ControlPlane plane)
{
    [Fact]
    public async Task What_comes_with_the_token_in_its_path_is_taken_and_nothing_else_and_the_token_shows_nowhere()
    {
        await using var world = await StartAsync();
        var token = await world.GeneratedAsync("acme", "token");
        Assert.EndsWith($"/acme/{token}", (await world.WebhookAsync())!.Url, StringComparison.Ordinal);
        Assert.EndsWith("/acme/***", (await world.Integrations.GetAsync("acme")).Status!.Webhook!.Url!, StringComparison.Ordinal);
        await world.TellsAsync("acme", AccountNotice, says: "Requests are not signed", type: "Warning");
        Assert.True((await world.Provider.SendAsync(new CustomerMessage { Text = "genuine" })).State is DeliveryState.Pending);
        await world.Inbox.WaitForAsync(1, cancellationToken: TestContext.Current.CancellationToken);

        // Somebody who knows all of the URL but its end.
        await world.Provider.OverwriteWebhookAsync(new WebhookChange { Url = $"https://{SimulatedProvider.PublicHost}/{world.Namespace}/acme/{new string('0', token.Length)}" });
        await world.Provider.SendTextAsync("forged");
        await world.Provider.DeliveriesFailAsync(1);
        Assert.Equal(1, world.Inbox.Report().Distinct);

        await world.Integrations.RequestAsync("acme");

        await world.TellsAsync("acme", RegistrationDrifted, "url");
        await world.IsReadyAsync("acme");
        await world.Provider.SendTextAsync("genuine again");
        await world.Inbox.WaitForAsync(2, cancellationToken: TestContext.Current.CancellationToken);
        await ShowsNoTokenAsync(world, [token]);
    }

    [Fact]
    public async Task A_new_token_is_a_new_URL_and_the_old_one_is_served_until_the_overlap_is_over()
    {
        await using var world = await StartAsync(overlapSeconds: 4);
        var old = (await world.WebhookAsync())!.Url;
        var oldToken = await world.GeneratedAsync("acme", "token");

        await world.Integrations.AnnotateAsync("acme", MessengerIntegrationAnnotations.RotateWebhookToken, "one");

        await world.Integrations.BecomesAsync("acme", integration => integration.Status?.LastHandledRotation == "one");
        var token = await world.GeneratedAsync("acme", "token");
        Assert.NotEqual(oldToken, token);
        Assert.EndsWith($"/acme/{token}", (await world.WebhookAsync())!.Url, StringComparison.Ordinal);
        await world.Provider.SendTextAsync("by the new URL");
        await world.Inbox.WaitForAsync(1, cancellationToken: TestContext.Current.CancellationToken);

        await Eventually.Holds(async () => await world.Group("acme").SecretAsync("acme.token-previous") is null);
        await world.Provider.OverwriteWebhookAsync(new WebhookChange { Url = old });
        await world.Provider.SendTextAsync("by the old URL");
        await world.Provider.DeliveriesFailAsync(1);

        Assert.Equal(1, world.Inbox.Report().Distinct);
        Assert.Single((await world.Integrations.GetAsync("acme")).Ledger);
        await ShowsNoTokenAsync(world, [oldToken, token]);
    }

    [Fact]
    public async Task With_the_integration_goes_the_registration_whatever_token_it_has()
    {
        await using var world = await StartAsync();

        await world.Integrations.DeleteAsync("acme");
        await world.Integrations.GoesAsync("acme");

        Assert.Null(await world.WebhookAsync());
    }

    private async Task<TestWorld> StartAsync(int overlapSeconds = 3600) => await TestWorld.StartReadyAsync(plane, new WorldOptions
    {
        Tenant = VonageAccount.NewUnsignedSms(),
        Receives = true,
        Integrations = integrations => integrations.RotationOverlapSeconds = overlapSeconds,
    });

    private static async Task ShowsNoTokenAsync(TestWorld world, IReadOnlyList<string> tokens)
    {
        var told = string.Join('\n', [
            .. world.History.Of("acme").Select(version => KubernetesJson.Serialize(version)), .. world.Operator.Logs.Lines, .. world.Operator.Meters.Series,
            .. (await world.EventsAsync("acme")).Select(item => item.Message)]);

        // As a number, so that a failure does not print them.
        Assert.Equal(-1, tokens.ToList().FindIndex(token => told.Contains(token, StringComparison.Ordinal)));
    }
}
