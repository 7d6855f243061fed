using k8s;
using k8s.Models;
using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.ProviderSimulator.Telegram;
using MessengerOperator.Reconciliation.IntegrationTests.World;
using MessengerOperator.TestKit;
using static MessengerOperator.Api.MessengerIntegrations.MessengerIntegrationConditions;
using static MessengerOperator.Api.MessengerIntegrations.MessengerIntegrationReasons;

namespace MessengerOperator.Reconciliation.IntegrationTests;

/// <summary>The Ingress that leads a webhook's URL to its receiver: it is as the spec says for as long as the spec says so.</summary>
public class ExposureTests(ControlPlane plane)
{
    private const string Name = "acme-webhook";
    private const string ByIngress = """{"exposure":{"type":"Ingress"}}""";
    private const string Shared = """{"receiver":{"group":"team"},"exposure":{"type":"Ingress"},"webhook":{"path":"/hook"}}""";
    private const string Detailed = """
        {"exposure":{"type":"Ingress","ingress":{"className":"public","tlsSecretName":"hooks-tls","annotations":{"cert-manager.io/cluster-issuer":"acme"}}}}
        """;

    [Fact]
    public async Task An_Ingress_leads_exactly_the_URL_to_the_receiver_and_has_what_the_spec_gives_it()
    {
        await using var world = await TestWorld.StartReadyAsync(plane, change: Detailed);

        var ingress = (await world.Routes.IngressAsync(Name))!;
        Assert.Equal("public", ingress.Spec.IngressClassName);
        Assert.Equal("acme", ingress.Metadata.Annotations["cert-manager.io/cluster-issuer"]);
        var tls = Assert.Single(ingress.Spec.Tls);
        Assert.Equal(("hooks-tls", "hooks.acme.example"), (tls.SecretName, Assert.Single(tls.Hosts)));
        var rule = Assert.Single(ingress.Spec.Rules);
        var path = Assert.Single(rule.Http.Paths);
        Assert.Equal(("hooks.acme.example", $"/{world.Namespace}/acme", "Exact"), (rule.Host, path.Path, path.PathType));
        var service = (await world.Receiver.ServiceAsync())!;
        Assert.Equal((service.Metadata.Name, service.Spec.Ports.Single().Port), (path.Backend.Service.Name, path.Backend.Service.Port.Number!.Value));
        var owner = Assert.Single(ingress.Metadata.OwnerReferences);
        Assert.Equal(((await world.Integrations.GetAsync("acme")).Metadata.Uid, true), (owner.Uid, owner.Controller));
        await world.FurtherPassesAreIdleAsync("acme");
    }

    [Fact]
    public async Task It_follows_the_spec_and_what_is_not_wanted_any_more_goes()
    {
        await using var world = await TestWorld.StartReadyAsync(plane, change: Detailed);

        await world.Integrations.ChangeAsync("acme", """{"webhook":{"url":"https://other.acme.example"}}""");
        await Eventually.Holds(async () => (await world.Routes.IngressAsync(Name))?.Spec.Rules.Single().Host == "other.acme.example");
        Assert.Equal("other.acme.example", (await world.Routes.IngressAsync(Name))!.Spec.Tls.Single().Hosts.Single());
        await world.Integrations.ChangeAsync("acme", """{"webhook":{"url":"https://hooks.acme.example:8443","path":"/moved"},"exposure":{"ingress":null}}""");

        var ingress = await Eventually.Gets(() => world.Routes.IngressAsync(Name), ingress => ingress?.Spec.Rules[0].Host == "hooks.acme.example");
        Assert.Equal("/moved", Assert.Single(ingress!.Spec.Rules[0].Http.Paths).Path);
        Assert.Null(ingress.Spec.IngressClassName);
        Assert.Null(ingress.Spec.Tls);
        Assert.DoesNotContain("cert-manager.io/cluster-issuer", ingress.Metadata.Annotations.Keys);
        await world.IsReadyAsync("acme");

        await world.Integrations.ChangeAsync("acme", """{"exposure":{"type":"External"}}""");

        await Eventually.Holds(async () => await world.Routes.IngressAsync(Name) is null);
        await world.IsReadyAsync("acme");
        await world.FurtherPassesAreIdleAsync("acme");
    }

    [Fact]
    public async Task Hand_edits_are_repaired_and_a_deleted_one_is_made_anew()
    {
        await using var world = await TestWorld.StartReadyAsync(plane, change: Detailed);
        var made = (await world.Routes.IngressAsync(Name))!;

        await world.Routes.EditIngressAsync(Name, """{"metadata":{"annotations":{"cert-manager.io/cluster-issuer":"evil"}},"spec":{"rules":[{"host":"evil.example"}],"tls":null}}""");

        await Eventually.Holds(async () =>
            await world.Routes.IngressAsync(Name) is { } ingress
            && KubernetesJson.Serialize(ingress.Spec) == KubernetesJson.Serialize(made.Spec)
            && ingress.Metadata.Annotations["cert-manager.io/cluster-issuer"] == "acme");

        await world.Routes.DeleteIngressAsync(Name);

        await Eventually.Holds(async () => await world.Routes.IngressAsync(Name) is { } ingress && ingress.Metadata.Uid != made.Metadata.Uid);
        await world.IsReadyAsync("acme");
    }

    [Fact]
    public async Task A_foreign_Ingress_with_the_name_of_ours_is_told_and_left_alone_and_its_end_is_enough()
    {
        await using var world = await TestWorld.StartAsync(plane);
        await world.Routes.CreateIngressAsync(new V1Ingress
        {
            Metadata = new V1ObjectMeta { Name = Name },
            Spec = new V1IngressSpec { Rules = [new V1IngressRule { Host = "precious.example" }] },
        });
        await world.CreateSecretAsync();
        await world.Integrations.CreateAsync("acme", world.Bot, ByIngress);
        await world.IsHeldUpAsync("acme", EndpointReachable, ChildConflict, says: $"The Ingress '{Name}'");
        Assert.Null(await world.WebhookAsync());
        Assert.Equal("precious.example", (await world.Routes.IngressAsync(Name))!.Spec.Rules.Single().Host);

        await world.Integrations.ChangeAsync("acme", """{"exposure":{"type":"External"}}""");
        await world.IsReadyAsync("acme");
        Assert.NotNull(await world.Routes.IngressAsync(Name));
        await world.Routes.DeleteIngressAsync(Name);
        await world.Integrations.ChangeAsync("acme", ByIngress);

        await world.IsReadyAsync("acme");
        Assert.Equal("hooks.acme.example", (await world.Routes.IngressAsync(Name))!.Spec.Rules.Single().Host);
    }

    [Fact]
    public async Task An_Ingress_that_the_server_does_not_admit_is_told_with_its_words_and_a_correction_is_enough()
    {
        await using var world = await TestWorld.StartAsync(plane);
        await world.CreateSecretAsync();
        await world.Integrations.CreateAsync("acme", world.Bot, """{"exposure":{"type":"Ingress","ingress":{"annotations":{"not a key":"x"}}}}""");

        var held = await world.Integrations.BecomesAsync("acme", integration => integration.Has(EndpointReachable, "False", RouteRefused) && integration.Has(Stalled, "True", RouteRefused));
        Assert.Contains($"the Ingress '{Name}'", held.Condition(EndpointReachable)!.Message, StringComparison.Ordinal);
        await world.TellsAsync("acme", RouteRefused, says: "\"not a key\"");
        Assert.Null(await world.WebhookAsync());

        await world.Integrations.ChangeAsync("acme", """{"exposure":{"ingress":{"annotations":null}}}""");

        await world.IsReadyAsync("acme");
        Assert.NotNull(await world.Routes.IngressAsync(Name));
    }

    [Fact]
    public async Task A_kind_that_the_server_lacks_is_told_and_what_routed_before_stays_until_another_way_is_there()
    {
        await using var world = await TestWorld.StartReadyAsync(plane, change: ByIngress);

        await world.Integrations.ChangeAsync("acme", """{"exposure":{"type":"HTTPRoute","httpRoute":{"parentRefs":[{"name":"public"}]}}}""");

        await world.IsHeldUpAsync("acme", EndpointReachable, RouteNotServed, says: "install its resource definition");
        Assert.NotNull(await world.Routes.IngressAsync(Name));
        await world.Integrations.ChangeAsync("acme", """{"exposure":{"type":"External","httpRoute":null}}""");
        await world.IsReadyAsync("acme");
        Assert.Null(await world.Routes.IngressAsync(Name));
    }

    [Fact]
    public async Task It_stays_until_the_provider_delivers_no_more_and_then_goes_with_the_integration()
    {
        await using var world = await TestWorld.StartReadyAsync(plane, change: ByIngress);
        await world.Provider.FailsAsync("*", TelegramFaults.Restart);
        await world.Integrations.DeleteAsync("acme");
        await world.IsHeldUpAsync("acme", MessengerIntegrationConditions.Ready, Deregistering, says: "could not be removed at the provider yet", stalled: false, calls: 4);
        Assert.NotNull(await world.Routes.IngressAsync(Name));

        await world.Provider.RecoversAsync();

        await world.Integrations.GoesAsync("acme");
        await Eventually.Holds(async () => await world.Routes.IngressAsync(Name) is null);
    }

    [Fact]
    public async Task It_leads_to_another_group_only_when_that_ones_receiver_runs()
    {
        await using var world = await TestWorld.StartReadyAsync(plane, change: ByIngress);
        world.Pods.Act = PodActor.FailImagePull;

        await world.Integrations.ChangeAsync("acme", """{"receiver":{"group":"team"}}""");

        await world.Integrations.BecomesAsync("acme", integration => integration.Has(ReceiverAvailable, "False", ImagePullFailed));
        Assert.Equal(ReceiverObjects.Name, await ServiceAsync(world, Name));
        world.Pods.Act = PodActor.MakeReady;
        await Eventually.Holds(async () => await ServiceAsync(world, Name) == "team-receiver");
        await world.IsReadyAsync("acme");
    }

    [Fact]
    public async Task It_leads_to_a_running_receiver_only_when_that_may_have_loaded_the_new_member()
    {
        await using var world = await TestWorld.StartAsync(plane, new WorldOptions { Integrations = integrations => integrations.ReceiverSyncSeconds = 8 });
        var team = new Team(world);
        await team.JoinAsync("first");
        await world.CreateSecretAsync();
        await world.Integrations.CreateAsync("acme", world.Bot, ByIngress);
        await world.IsReadyAsync("acme");

        // Times have whole seconds, and what came with the receiver needs no loading.
        var made = (await team.Receiver.DeploymentAsync())!.Metadata.CreationTimestamp!.Value;
        await Eventually.Holds(() => TimeProvider.System.GetUtcNow().UtcDateTime > made.AddSeconds(1));
        await world.Integrations.ChangeAsync("acme", """{"receiver":{"group":"team"}}""");

        await Eventually.Holds(async () => (await team.Receiver.DocumentsAsync()).Contains("acme.json"));
        await world.Integrations.BecomesAsync("acme", integration => integration.Status?.Receiver?.Group == "team");
        Assert.Equal(ReceiverObjects.Name, await ServiceAsync(world, Name));
        await Eventually.Holds(async () => await ServiceAsync(world, Name) == "team-receiver");
    }

    [Fact]
    public async Task Members_of_a_group_have_one_each_for_a_path_of_their_own()
    {
        await using var world = await TestWorld.StartAsync(plane);
        var team = new Team(world);
        await team.JoinAsync("first", """{"receiver":{"group":"team"},"exposure":{"type":"Ingress"}}""");
        await team.CreateAsync("second", """{"receiver":{"group":"team"},"exposure":{"type":"Ingress"},"webhook":{"url":"https://other.acme.example"}}""");
        await team.JoinAsync("third");

        var ingresses = await Eventually.Gets(world.Routes.IngressesAsync, ingresses => ingresses.Count == 2);

        Assert.Equal(
            [("first-webhook", "hooks.acme.example", $"/{world.Namespace}/first"), ("second-webhook", "other.acme.example", $"/{world.Namespace}/second")],
            ingresses.Select(ingress => (ingress.Metadata.Name, ingress.Spec.Rules[0].Host, ingress.Spec.Rules[0].Http.Paths[0].Path)));
        Assert.All(ingresses, ingress => Assert.Equal("team-receiver", ingress.Spec.Rules[0].Http.Paths[0].Backend.Service.Name));
        await team.LeaveAsync("first");
        await Eventually.Holds(async () => await NamesAsync(world) is ["second-webhook"]);
    }

    [Fact]
    public async Task A_path_that_members_share_has_one_Ingress_and_the_next_carries_it_when_one_goes_or_is_suspended()
    {
        await using var world = await TestWorld.StartAsync(plane);
        var team = new Team(world);
        foreach (var name in new[] { "first", "second", "third" })
        {
            await team.JoinAsync(name, Shared);
        }

        Assert.Equal(["first-webhook"], await NamesAsync(world));
        await world.FurtherPassesAreIdleAsync("first");
        await world.FurtherPassesAreIdleAsync("third");

        await world.Integrations.ChangeAsync("first", """{"suspend":true}""");
        await Eventually.Holds(async () => await NamesAsync(world) is ["second-webhook"]);
        await team.LeaveAsync("second");
        await Eventually.Holds(async () => await NamesAsync(world) is ["third-webhook"]);

        // Nobody else is left that could do it, but the URL is still to be served.
        await team.LeaveAsync("third");
        await Eventually.Holds(async () => await NamesAsync(world) is ["first-webhook"]);
        await world.Integrations.ChangeAsync("first", """{"suspend":false}""");
        await world.IsReadyAsync("first");
        await world.FurtherPassesAreIdleAsync("first");
    }

    [Fact]
    public async Task Where_doubles_are_refused_a_group_that_is_created_at_once_has_one_and_the_next_gets_it_all_the_same()
    {
        string[] names = ["first", "second", "third"];
        await using var world = await TestWorld.StartAsync(plane);
        await using var admission = await IngressAdmission.StartAsync(world.Client, world.Namespace);
        var team = new Team(world);
        foreach (var name in names)
        {
            await team.CreateAsync(name, Shared);
        }

        foreach (var name in names)
        {
            await world.IsReadyAsync(name);
        }

        var holder = Assert.Single(await NamesAsync(world))[..^"-webhook".Length];
        var refusals = admission.Refusals;

        await world.Integrations.ChangeAsync(holder, """{"suspend":true}""");

        await Eventually.Holds(async () => await NamesAsync(world) is [var name] && name != $"{holder}-webhook");
        Assert.True(admission.Refusals > refusals, "what was deleted counts for a moment longer, so the first try fails");
        foreach (var name in names.Where(name => name != holder))
        {
            await world.IsReadyAsync(name);
        }
    }

    [Fact]
    public async Task Who_gives_up_the_shared_path_hands_it_over()
    {
        await using var world = await TestWorld.StartAsync(plane);
        var team = new Team(world);
        await team.JoinAsync("first", Shared);
        await team.JoinAsync("second", Shared);

        await world.Integrations.ChangeAsync("first", """{"exposure":{"type":"External"}}""");

        await Eventually.Holds(async () => await NamesAsync(world) is ["second-webhook"]);
        await world.IsReadyAsync("first");
        await world.IsReadyAsync("second");
    }

    [Theory]
    [InlineData("""{"delivery":{"spool":{"sizeLimit":"8Mi"}}}""", SpecAccepted)]
    [InlineData("""{"exposure":{"type":"External"}}""", SecretsResolved)]
    [InlineData("""{"receiver":{"group":"elsewhere"}}""", SecretsResolved)]
    public async Task Where_doubles_are_refused_one_that_is_held_up_leaves_the_shared_path_to_the_next(string change, string heldUpAt)
    {
        await using var world = await TestWorld.StartAsync(plane);
        await using var admission = await IngressAdmission.StartAsync(world.Client, world.Namespace);
        var team = new Team(world);
        await team.JoinAsync("first", Shared);
        await team.JoinAsync("second", Shared);
        if (heldUpAt == SecretsResolved)
        {
            await world.DeleteSecretAsync("first-telegram");
            await world.Integrations.BecomesAsync("first", integration => integration.Has(SecretsResolved, "False", SecretNotFound));
        }

        await world.Integrations.ChangeAsync("first", change);

        await Eventually.Holds(async () => await NamesAsync(world) is ["second-webhook"]);
        await world.IsReadyAsync("second");
        Assert.Equal("team-receiver", await ServiceAsync(world, "second-webhook"));
        await world.Integrations.BecomesAsync("first", integration => integration.Condition(heldUpAt)?.Status == "False");
    }

    [Fact]
    public async Task Pages_of_one_app_have_one_Ingress_for_the_groups_path()
    {
        const string InTeam = """{"receiver":{"group":"team"},"exposure":{"type":"Ingress"}}""";
        var page = FacebookPage.New();
        await using var world = await TestWorld.StartReadyAsync(plane, new WorldOptions { Tenant = page, Receives = true }, InTeam);
        var second = page.Sibling();
        await world.AddAsync(second);
        await world.CreateCredentialsAsync(second, "second");
        await world.Integrations.CreateAsync("second", second, InTeam, secret: "second");
        await world.IsReadyAsync("second");

        var ingress = Assert.Single(await world.Routes.IngressesAsync());

        Assert.Equal((Name, $"/{world.Namespace}/team"), (ingress.Metadata.Name, ingress.Spec.Rules[0].Http.Paths[0].Path));
        await world.FurtherPassesAreIdleAsync("second");
    }

    [Fact]
    public async Task A_path_that_ends_in_a_token_is_routed_without_showing_it()
    {
        await using var world = await TestWorld.StartReadyAsync(plane, new WorldOptions { Tenant = VonageAccount.NewUnsignedSms(), Receives = true }, ByIngress);
        var token = await world.GeneratedAsync("acme", "token");

        var ingress = (await world.Routes.IngressAsync(Name))!;

        var path = Assert.Single(ingress.Spec.Rules[0].Http.Paths);
        Assert.Equal(("Prefix", $"/{world.Namespace}/acme"), (path.PathType, path.Path));
        Assert.StartsWith($"https://hooks.acme.example{path.Path}/", (await world.WebhookAsync())!.Url, StringComparison.Ordinal);
        Assert.False(KubernetesJson.Serialize(ingress).Contains(token, StringComparison.Ordinal));
    }

    private static async Task<string?> ServiceAsync(TestWorld world, string name) => (await world.Routes.IngressAsync(name))?.Spec.Rules[0].Http.Paths[0].Backend.Service.Name;

    private static async Task<IReadOnlyList<string>> NamesAsync(TestWorld world) => [.. (await world.Routes.IngressesAsync()).Select(ingress => ingress.Metadata.Name)];
}
