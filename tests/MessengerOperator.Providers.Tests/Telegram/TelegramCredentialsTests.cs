using MessengerOperator.Providers.Telegram;

namespace MessengerOperator.Providers.Tests.Telegram;

public class TelegramCredentialsTests
{
    private const string Good = "700000001:AAabcdefghijklmnopqrstuvwxyz_-0123456";

    [Fact]
    public void A_token_as_BotFather_shows_it_is_well_formed()
    {
        Assert.Null(TelegramCredentials.Problem(new Secret(Good)));
        Assert.Equal("700000001", TelegramCredentials.BotId(new Secret(Good)));
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData(Good + "\n", "white space")]
    [InlineData(" " + Good, "white space")]
    [InlineData("0" + Good, "form")]
    [InlineData("700000001", "form")]
    [InlineData("700000001:short", "form")]
    [InlineData("700000001:AAabcdefghijklmnopqrstuvwxyz/../getMe", "form")]
    [InlineData("bot" + Good, "form")]
    [InlineData("12345678901234567:AAabcdefghijklmnopqrstuvwxyz_-0123456", "form")]
    public void A_token_that_cannot_be_right_is_named_without_being_quoted(string token, string says)
    {
        var problem = TelegramCredentials.Problem(new Secret(token));
        Assert.Contains(says, problem, StringComparison.Ordinal);
        Assert.DoesNotContain("AAabc", problem, StringComparison.Ordinal);
    }
}
