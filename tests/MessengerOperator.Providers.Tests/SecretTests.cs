using System.Globalization;
using System.Text.Json;

namespace MessengerOperator.Providers.Tests;

public class SecretTests
{
    private static readonly Secret Secret = new("700000001:AAplantedTokenValue");

    [Fact]
    public void A_secret_shows_itself_nowhere_but_in_Reveal()
    {
        Assert.Equal(Secret.Redacted, Secret.ToString());
        Assert.Equal("is [redacted]", $"is {Secret}");
        Assert.Equal("is [redacted]", string.Format(CultureInfo.InvariantCulture, "is {0}", Secret));
        Assert.DoesNotContain("planted", JsonSerializer.Serialize(new { Secret }), StringComparison.Ordinal);
        Assert.Contains("planted", Secret.Reveal(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_that_holds_a_secret_does_not_show_it_either() =>
        Assert.DoesNotContain("planted", new Providers.Accounts.WebhookTarget(new Uri("https://a.example/"), Secret).ToString(), StringComparison.Ordinal);
}
