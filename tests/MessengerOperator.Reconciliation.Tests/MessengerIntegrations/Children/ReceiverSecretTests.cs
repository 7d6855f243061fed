using System.Text;
using System.Text.Json;
using k8s.Models;
using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Providers;
using MessengerOperator.Reconciliation.MessengerIntegrations.Children;
using MessengerOperator.Reconciliation.MessengerIntegrations.Sinks;

namespace MessengerOperator.Reconciliation.Tests.MessengerIntegrations.Children;

/// <summary>What a member brings into the Secret of its group, and how long what it replaces stays.</summary>
public class ReceiverSecretTests
{
    private static readonly DateTime Noon = new(2026, 11, 24, 12, 0, 0, DateTimeKind.Utc);
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(15);

    [Fact]
    public void A_new_member_brings_what_its_requests_are_verified_with_and_nothing_else()
    {
        var (intent, state) = Build(Member(), live: null, Noon);

        Assert.Equal(["acme.changed-at", "acme.credential-appSecret", "acme.probe-key", "acme.sink-bearer-token", "acme.token"], intent.Data.Keys.Order(StringComparer.Ordinal));
        Assert.Equal((Noon, null, true), (state.ChangedAt, state.FormerUntil, state.HasChanged));
    }

    [Fact]
    public void Without_a_change_the_part_is_the_same_whenever_it_is_made()
    {
        var live = Build(Member(), live: null, Noon).Intent;

        var (intent, state) = Build(Member(), live, Noon.AddDays(3));

        Assert.Equal(Texts(live), Texts(intent));
        Assert.Equal((Noon, false), (state.ChangedAt, state.HasChanged));
    }

    [Theory]
    [InlineData("token")]
    [InlineData("credential-appSecret")]
    public void A_replaced_secret_stays_beside_the_new_one_until_the_overlap_is_over(string key)
    {
        var changed = key == "token" ? Member() with { Token = new("new") } : Member() with { Credentials = new Dictionary<string, Secret> { ["appSecret"] = new("new") } };
        var before = Build(Member(), live: null, Noon).Intent;

        var (first, state) = Build(changed, before, Noon.AddHours(1));
        Assert.Equal(Texts(before)[$"acme.{key}"], Texts(first)[$"acme.{key}-previous"]);
        Assert.Equal("new", Texts(first)[$"acme.{key}"]);
        Assert.Equal((Noon.AddHours(1), Noon.AddHours(1) + Overlap), (state.ChangedAt, state.FormerUntil));

        var second = Build(changed, first, Noon.AddHours(1) + Overlap - TimeSpan.FromSeconds(1)).Intent;
        Assert.Equal(Texts(first), Texts(second));

        var (third, ended) = Build(changed, second, Noon.AddHours(1) + Overlap);
        Assert.DoesNotContain($"acme.{key}-previous", third.Data.Keys);
        Assert.Equal((Noon.AddHours(1), null), (ended.ChangedAt, ended.FormerUntil));
    }

    [Fact]
    public void The_former_token_stays_for_as_long_as_the_provider_is_not_known_to_have_the_new_one()
    {
        var changed = Member() with { Token = new("new"), IsTokenConfirmed = false };
        var first = Build(changed, Build(Member(), live: null, Noon).Intent, Noon).Intent;

        Assert.Contains("acme.token-previous", Build(changed, first, Noon.AddDays(9)).Intent.Data.Keys);
        Assert.DoesNotContain("acme.token-previous", Build(changed with { IsTokenConfirmed = true }, first, Noon.AddDays(9)).Intent.Data.Keys);
    }

    [Fact]
    public void A_rotation_under_way_goes_along_into_another_group()
    {
        var moved = Member() with { FormerToken = new("former"), Group = new("n", "other-receiver", "other") };

        Assert.Equal("former", Texts(Build(moved, live: null, Noon).Intent)["acme.token-previous"]);
    }

    [Fact]
    public void Nothing_of_another_account_is_accepted()
    {
        var before = Build(Member(), live: null, Noon).Intent;

        var (intent, state) = ReceiverSecret.Build(Member() with { Credentials = new Dictionary<string, Secret> { ["appSecret"] = new("new") } }, before, isSameAccount: false, Noon);

        Assert.DoesNotContain(intent.Data.Keys, key => key.EndsWith("-previous", StringComparison.Ordinal));
        Assert.Null(state.FormerUntil);
    }

    [Fact]
    public void The_probes_key_changes_with_every_verification_secret_and_with_the_group_and_with_nothing_else()
    {
        var key = ProbeKeyOf(Member());

        Assert.NotEqual(key, ProbeKeyOf(Member() with { Token = new("new") }));
        Assert.NotEqual(key, ProbeKeyOf(Member() with { Credentials = new Dictionary<string, Secret> { ["appSecret"] = new("new") } }));
        Assert.NotEqual(key, ProbeKeyOf(Member() with { Group = new("n", "other-receiver", "other") }));
        Assert.NotEqual(key, ProbeKeyOf(Member() with { ProbeKey = new("new") }));
        Assert.Equal(key, ProbeKeyOf(Member() with { FormerToken = new("former"), Path = "/elsewhere", SinkValues = new Dictionary<string, Secret>() }));
    }

    [Fact]
    public void A_token_that_ends_the_path_is_brought_although_nothing_is_signed_with_it()
    {
        var unsigned = Member() with { VerificationKeys = [], PathCarriesToken = true };

        Assert.Contains("acme.token", Build(unsigned, live: null, Noon).Intent.Data.Keys);
        Assert.DoesNotContain("acme.token", Build(unsigned with { PathCarriesToken = false }, live: null, Noon).Intent.Data.Keys);
        Assert.DoesNotContain("the-token", ReceiverConfigMap.Document(unsigned), StringComparison.Ordinal);
        Assert.Contains("/etc/messenger-receiver/secrets/acme.token-previous", ReceiverConfigMap.Document(unsigned), StringComparison.Ordinal);
    }

    private static (V1Secret Intent, MemberSecrets State) Build(ReceiverMember member, V1Secret? live, DateTime now) => ReceiverSecret.Build(member, live, isSameAccount: true, now);

    private static string ProbeKeyOf(ReceiverMember member) => Build(member, live: null, Noon).State.ProbeKey.Reveal();

    private static SortedDictionary<string, string> Texts(V1Secret secret) =>
        new(secret.Data.ToDictionary(item => item.Key, item => Encoding.UTF8.GetString(item.Value)), StringComparer.Ordinal);

    private static ReceiverMember Member() => new()
    {
        Integration = new MessengerIntegration { Metadata = new V1ObjectMeta { Name = "acme", NamespaceProperty = "n" } },
        Group = new("n", "team-receiver", "team"),
        Path = "/n/acme",
        PathCarriesToken = false,
        Settings = new(JsonDocument.Parse("{}").RootElement),
        VerificationKeys = [new("appSecret", "appSecret"), new("verifyToken", CredentialField: null, HandshakeOnly: true)],
        Credentials = new Dictionary<string, Secret> { ["appSecret"] = new("the-app-secret"), ["pageAccessToken"] = new("not for the receiver") },
        Token = new("the-token"),
        FormerToken = null,
        ProbeKey = new("the-probe-key"),
        AccountId = "1",
        AccountName = null,
        Sink = new ResolvedSink(new Uri("http://sink/"), Http: null),
        SinkValues = new Dictionary<string, Secret> { ["acme.sink-bearer-token"] = new("bearer") },
        Overlap = Overlap,
        IsTokenConfirmed = true,
    };
}
