using System.Text.RegularExpressions;
using MessengerOperator.Reconciliation.MessengerIntegrations;

namespace MessengerOperator.Reconciliation.Tests.MessengerIntegrations;

public class ChildNamesTests
{
    private const int Names = 20_000;

    public static TheoryData<string, string> Known => new()
    {
        { "acme-support", "acme-support-receiver" },
        { "a", "a-receiver" },
        { "acme.support", "acme-support-441ec3b561-receiver" },
        { "24-7-support", "n-24-7-support-6d64c7009b-receiver" },
    };

    [Theory]
    [MemberData(nameof(Known))]
    public void A_receivers_name_never_changes_between_versions(string group, string expected) => Assert.Equal(expected, ChildNames.Receiver(group));

    [Theory]
    [InlineData("acme-support", "acme-support-webhook")]
    [InlineData("acme.support", "acme-support-441ec3b561-webhook")]
    [InlineData("24-7-support", "n-24-7-support-6d64c7009b-webhook")]
    public void A_routes_name_never_changes_between_versions(string integration, string expected) => Assert.Equal(expected, ChildNames.Route(integration));

    [Fact]
    public void A_name_of_253_characters_with_dots_gives_names_that_fit()
    {
        var name = string.Join('.', Enumerable.Repeat("customer-care", 18)) + ".x";

        Assert.Equal(253, name.Length);
        Assert.Matches("^[a-z]([-a-z0-9]*[a-z0-9])?$", ChildNames.Receiver(name));
        Assert.Equal(63, ChildNames.Receiver(name).Length);
        Assert.Equal(63, ChildNames.Route(name).Length);
        Assert.InRange(ChildNames.WebhookSecret(name).Length, 1, 253);
        Assert.InRange(ChildNames.LabelValue(name).Length, 1, 63);
    }

    [Fact]
    public void Any_name_gives_names_that_fit()
    {
        foreach (var name in RandomNames(seed: 1).Take(Names))
        {
            Assert.True(IsService(ChildNames.Receiver(name)), name);
            Assert.True(IsService(ChildNames.Route(name)), name);
            Assert.True(IsSubdomain(ChildNames.WebhookSecret(name)), name);
            Assert.True(IsLabelValue(ChildNames.LabelValue(name)), name);
        }
    }

    [Fact]
    public void Different_names_never_meet()
    {
        var names = RandomNames(seed: 2).Take(Names).SelectMany(Lookalikes).Distinct().ToArray();

        Assert.Equal(names.Length, names.Select(ChildNames.Receiver).Distinct().Count());
        Assert.Equal(names.Length, names.Select(ChildNames.Route).Distinct().Count());
        Assert.Equal(names.Length, names.Select(ChildNames.WebhookSecret).Distinct().Count());
        Assert.Equal(names.Length, names.Select(ChildNames.LabelValue).Distinct().Count());
    }

    [Fact]
    public void Nobody_can_take_the_altered_name_of_another()
    {
        const string Suffix = "-receiver";
        var altered = ChildNames.Receiver("acme.support");

        Assert.NotEqual(altered, ChildNames.Receiver(altered[..^Suffix.Length]));
    }

    [Fact]
    public void A_dot_and_a_dash_do_not_meet() => Assert.NotEqual(ChildNames.Receiver("a.b"), ChildNames.Receiver("a-b"));

    [Fact]
    public void The_webhook_secret_keeps_a_plain_name() => Assert.Equal("acme.support-webhook", ChildNames.WebhookSecret("acme.support"));

    private static IEnumerable<string> Lookalikes(string name) => [name, name.Replace('.', '-'), name.Replace('-', '.').Replace("..", ".-", StringComparison.Ordinal), ChildNames.LabelValue(name)];

    private static IEnumerable<string> RandomNames(int seed)
    {
        const string Letters = "abcdefghijklmnopqrstuvwxyz0123456789";
        const string Inner = Letters + "--..";
        var random = new Random(seed);
        while (true)
        {
            var length = random.Next(4) switch { 0 => random.Next(1, 6), 1 => random.Next(45, 70), 2 => random.Next(230, 254), _ => random.Next(1, 254) };
            var name = string.Create(length, random, static (text, random) =>
            {
                for (var i = 0; i < text.Length; i++)
                {
                    text[i] = i == 0 || i == text.Length - 1 || text[i - 1] == '.' || text[i - 1] == '-' ? Letters[random.Next(Letters.Length)] : Inner[random.Next(Inner.Length)];
                }
            });
            yield return name;
        }
    }

    private static bool IsService(string name) => name.Length <= 63 && Regex.IsMatch(name, @"\A[a-z]([-a-z0-9]*[a-z0-9])?\z");

    private static bool IsSubdomain(string name) => name.Length <= 253 && Regex.IsMatch(name, @"\A[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z");

    private static bool IsLabelValue(string value) => value.Length is > 0 and <= 63 && Regex.IsMatch(value, @"\A[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?\z");
}
