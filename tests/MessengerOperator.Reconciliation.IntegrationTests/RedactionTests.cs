using k8s;
using MessengerOperator.ProviderSimulator.Faults;
using MessengerOperator.Reconciliation.IntegrationTests.World;
using static MessengerOperator.Api.MessengerIntegrations.MessengerIntegrationConditions;
using static MessengerOperator.Api.MessengerIntegrations.MessengerIntegrationReasons;

namespace MessengerOperator.Reconciliation.IntegrationTests;

/// <summary>Secrets are in Secrets and nowhere else, whatever happens and whoever echoes them.</summary>
public class RedactionTests(ControlPlane plane)
{
    private const string Bearer = "planted-bearer-token-0123456789";
    private const string Header = "planted-header-value-0123456789";
    private const string Sink = """
        {"sink":{"http":{"url":"https://agents.acme.example/","bearerToken":{"name":"agents","key":"bearer"},
        "headers":[{"name":"X-Api-Key","valueFrom":{"name":"agents-header","key":"value"}}]}}}
        """;

    [Fact]
    public async Task No_secret_shows_on_the_way_to_Ready_and_to_the_end()
    {
        await using var world = await StartAsync();
        await world.IsReadyAsync("acme");
        var secrets = await SecretsAsync(world);
        await ShowsNoneAsync(world, secrets);

        await world.Integrations.DeleteAsync("acme");
        await world.Integrations.GoesAsync("acme");

        await ShowsNoneAsync(world, secrets);
    }

    [Theory]
    [InlineData("getMe", 401, CredentialsValid, InvalidCredentials)]
    [InlineData("getMe", 403, CredentialsValid, InsufficientPermission)]
    [InlineData("getMe", 500, CredentialsValid, ProviderUnavailable)]
    [InlineData("getWebhookInfo", 500, WebhookRegistered, ProviderUnavailable)]
    [InlineData("setWebhook", 400, WebhookRegistered, RegistrationRejected)]
    [InlineData("setWebhook", 409, WebhookRegistered, RegistrationRejected)]
    [InlineData("setWebhook", 500, WebhookRegistered, ProviderUnavailable)]
    public async Task No_secret_shows_when_the_provider_echoes_it(string method, int status, string condition, string reason)
    {
        await using var world = await StartAsync();
        await world.IsReadyAsync("acme");
        var token = await world.GeneratedAsync("acme", "token");
        await world.StopOperatorAsync();
        await world.Provider.RemoveWebhookAsync();
        await world.Provider.FailsAsync(method, new Fault { Status = status, Description = $"refused: bot{world.Bot.Token}/{method} with secret_token={token}" });

        await world.StartOperatorAsync();

        await world.Integrations.BecomesAsync("acme", integration => integration.Condition(condition)?.Reason == reason);
        await world.TellsAsync("acme", reason, says: "refused: bot[redacted]");
        await ShowsNoneAsync(world, await SecretsAsync(world));
    }

    private async Task<TestWorld> StartAsync()
    {
        var world = await TestWorld.StartAsync(plane);
        await world.CreateSecretAsync();
        await world.CreateSecretAsync(Bearer, name: "agents", key: "bearer");
        await world.CreateSecretAsync(Header, name: "agents-header", key: "value");
        await world.Integrations.CreateAsync("acme", world.Bot, Sink);
        return world;
    }

    private static async Task<IReadOnlyList<string>> SecretsAsync(TestWorld world) =>
        [world.Bot.Token, world.Bot.Token.Split(':')[1], await world.GeneratedAsync("acme", "token"), await world.GeneratedAsync("acme", "probeKey"), Bearer, Header];

    private static async Task ShowsNoneAsync(TestWorld world, IReadOnlyList<string> secrets)
    {
        var shown = new List<string>([.. world.Operator.Logs.Lines, .. world.Operator.Meters.Series]);
        shown.AddRange((await world.EventsAsync("acme")).Select(item => KubernetesJson.Serialize(item)));
        shown.AddRange(world.History.Of("acme").Select(item => KubernetesJson.Serialize(item)));
        shown.AddRange(new object?[] { await world.Receiver.ConfigMapAsync(), await world.Receiver.DeploymentAsync(), await world.Receiver.ServiceAsync() }
            .OfType<object>().Select(item => KubernetesJson.Serialize(item)));
        Assert.NotEmpty(world.Operator.Logs.Lines);

        // As a number, so that a failure does not print them.
        Assert.All(shown, text => Assert.Equal(-1, secrets.ToList().FindIndex(secret => text.Contains(secret, StringComparison.Ordinal))));
    }
}
