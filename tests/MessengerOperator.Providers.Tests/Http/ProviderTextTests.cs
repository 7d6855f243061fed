using MessengerOperator.Providers.Accounts;
using MessengerOperator.Providers.Http;

namespace MessengerOperator.Providers.Tests.Http;

public class ProviderTextTests
{
    private static readonly ProviderAccount Account = new(
        "uid", default, new Dictionary<string, Secret> { ["apiToken"] = new("700000001:AAplantedTokenValueThatIsLongEnough") });

    [Fact]
    public void A_credential_that_the_provider_echoes_is_replaced() =>
        Assert.Equal("no bot [redacted] here", ProviderText.Sanitise("no bot 700000001:AAplantedTokenValueThatIsLongEnough here", Account));

    [Fact]
    public void A_credential_at_the_cut_is_replaced_before_the_text_is_cut()
    {
        var text = ProviderText.Sanitise(new string('x', 190) + "700000001:AAplantedTokenValueThatIsLongEnough", Account)!;
        Assert.DoesNotContain("7000", text, StringComparison.Ordinal);
        Assert.True(text.Length <= 202);
    }

    [Fact]
    public void Line_breaks_and_control_characters_become_blanks() =>
        Assert.Equal("Bad Request:  forged line", ProviderText.Sanitise("Bad Request:\r\nforged\u001bline\n", Account)?.Replace("\u001b", "", StringComparison.Ordinal));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \n ")]
    public void Nothing_stays_nothing(string? text) => Assert.Null(ProviderText.Sanitise(text, Account));
}
