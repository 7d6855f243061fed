using MessengerOperator.Reconciliation.IntegrationTests.World;
using static MessengerOperator.Api.MessengerIntegrations.MessengerIntegrationConditions;
using static MessengerOperator.Api.MessengerIntegrations.MessengerIntegrationReasons;

namespace MessengerOperator.Reconciliation.IntegrationTests;

/// <summary>Specs that the server lets through and the operator must not.</summary>
public class SpecTests(ControlPlane plane)
{
    private const string Credential = """{"name":"acme-telegram","key":"apiToken"}""";
    private const string ViberBlock = $$"""{"botUsername":"acme","authToken":{{Credential}} }""";

    public static TheoryData<string, string, string> Invalid => new()
    {
        { """{"webhook":{"url":"http://hooks.acme.example"}}""", "spec.webhook.url", """{"webhook":{"url":"https://hooks.acme.example"}}""" },
        { """{"webhook":{"url":"https://hooks.acme.example/path"}}""", "spec.webhook.url", """{"webhook":{"url":"https://hooks.acme.example"}}""" },
        { """{"webhook":{"path":"/a/../b"}}""", "spec.webhook.path", """{"webhook":{"path":null}}""" },
        { $$"""{"viber":{{ViberBlock}} }""", "spec.viber", """{"viber":null}""" },
        { """{"telegram":{"botUsername":"@acme"}}""", "spec.telegram.botUsername", "" },
        { """{"checkInterval":"30s"}""", "spec.checkInterval", """{"checkInterval":"15m"}""" },
        { """{"exposure":{"type":"HTTPRoute"}}""", "spec.exposure.httpRoute", """{"exposure":{"type":"Ingress"}}""" },
        { """{"delivery":{"deadLetter":{"http":{"url":"https://dead.acme.example"}},"spool":{"storage":"None"}}}""", "spec.delivery.deadLetter", """{"delivery":{"deadLetter":null}}""" },
        { """{"delivery":{"deadLetter":{"http":{"url":"https://dead.acme.example","headers":[{"name":"Ce-Id","value":"1"}]}}}}""", "spec.delivery.deadLetter.http.headers[0].name", """{"delivery":{"deadLetter":null}}""" },
        { """{"receiver":{"replicas":2},"delivery":{"spool":{"storage":"PersistentVolumeClaim"}}}""", "spec.delivery.spool.storage", """{"delivery":{"spool":null}}""" },
        { """{"telegram":{"apiBaseUrl":"http://169.254.169.254"}}""", "apiBaseUrl", """{"telegram":{"apiBaseUrl":null}}""" },
    };

    [Theory]
    [MemberData(nameof(Invalid))]
    public async Task A_spec_that_breaks_a_rule_is_told_by_field_and_its_correction_is_enough(string change, string field, string correction)
    {
        await using var world = await TestWorld.StartAsync(plane);
        await world.CreateSecretAsync();
        await world.Integrations.CreateAsync("acme", world.Bot, change);
        var held = await world.IsHeldUpAsync("acme", SpecAccepted, InvalidSpec, says: field);
        Assert.StartsWith($"{field}: ", held.Condition(SpecAccepted)!.Message, StringComparison.Ordinal);
        Assert.Equal(0, (await world.Provider.CallsAsync()).Total);

        await world.Integrations.ChangeAsync("acme", correction.Length > 0 ? correction : $$"""{"telegram":{"botUsername":"{{world.Bot.Username}}" } }""");

        await world.IsReadyAsync("acme");
    }

    [Fact]
    public async Task The_block_of_another_provider_alone_is_told()
    {
        await using var world = await TestWorld.StartAsync(plane);
        await world.Integrations.CreateAsync("acme", world.Bot, $$"""{"telegram":null,"viber":{{ViberBlock}} }""");

        var held = await world.IsHeldUpAsync("acme", SpecAccepted, InvalidSpec, says: "spec.telegram");
        Assert.Contains("spec.viber", held.Condition(SpecAccepted)!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_provider_cannot_be_changed_and_the_registration_outlives_the_try()
    {
        await using var world = await TestWorld.StartReadyAsync(plane);
        await world.Integrations.ChangeAsync("acme", $$"""{"provider":"Viber","telegram":null,"viber":{{ViberBlock}} }""");
        await world.IsHeldUpAsync("acme", SpecAccepted, InvalidSpec, says: "spec.provider");
        Assert.NotNull(await world.WebhookAsync());

        await world.Integrations.ChangeAsync(
            "acme", $$"""{"provider":"Telegram","viber":null,"telegram":{"botUsername":"{{world.Bot.Username}}","apiToken":{{Credential}} } }""");

        await world.IsReadyAsync("acme");
    }

    [Fact]
    public async Task An_integration_with_a_changed_provider_is_deregistered_from_the_ledger()
    {
        await using var world = await TestWorld.StartReadyAsync(plane);
        await world.Integrations.ChangeAsync("acme", $$"""{"provider":"Viber","telegram":null,"viber":{{ViberBlock}} }""");
        await world.Integrations.BecomesAsync("acme", integration => integration.Has(SpecAccepted, "False", InvalidSpec));

        await world.Integrations.DeleteAsync("acme");

        await world.Integrations.GoesAsync("acme");
        Assert.Null(await world.WebhookAsync());
    }

    [Fact]
    public async Task An_allowed_Bot_API_server_is_used()
    {
        await using var world = await TestWorld.StartAsync(plane, new WorldOptions { Providers = http => http.AllowedBaseHosts.Add("127.0.0.1") });
        await world.CreateSecretAsync();
        await world.Integrations.CreateAsync("acme", world.Bot, $$"""{"telegram":{"apiBaseUrl":"{{world.Provider.Address.OriginalString}}" } }""");

        var ready = await world.IsReadyAsync("acme");
        Assert.Equal(world.Provider.Address.OriginalString, ready.Ledger.Single().ApiBaseUrl);
    }

    [Theory]
    [InlineData("a.b.c")]
    [InlineData("7-begins-with-a-digit")]
    [InlineData("253")]
    public async Task Any_name_that_the_server_takes_becomes_Ready(string name)
    {
        name = name == "253" ? string.Join('.', Enumerable.Repeat(new string('a', 62), 3).Append(new string('b', 63)))[..252] + "9" : name;
        await using var world = await TestWorld.StartAsync(plane);
        await world.CreateSecretAsync();
        await world.Integrations.CreateAsync(name, world.Bot);

        await world.IsReadyAsync(name);

        Assert.Equal($"https://hooks.acme.example/{world.Namespace}/{name}", (await world.WebhookAsync())?.Url);
        await world.Integrations.DeleteAsync(name);
        await world.Integrations.GoesAsync(name);
    }
}
