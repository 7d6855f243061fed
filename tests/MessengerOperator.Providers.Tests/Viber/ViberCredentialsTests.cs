namespace MessengerOperator.Providers.Tests.Viber;

public class ViberCredentialsTests
{
    [Theory]
    [InlineData("50aa11bb22cc33dd-44ee55ff66aa77bb-88cc99dd00ee11ff")]
    [InlineData("44dafb7e0f40021e-61a47a1e6778d187-f2c5a676a07050b3")]
    [InlineData("4dafb7e0f40021e-1a47a1e6778d187-5a676a07050b3")]
    public void A_token_as_viber_shows_it_is_well_formed(string token) => Assert.Null(Problem(token));

    [Theory]
    [InlineData("")]
    [InlineData("50aa11bb22cc33dd-44ee55ff66aa77bb")]
    [InlineData("50aa11bb22cc33dd-44ee55ff66aa77bb-88cc99dd00ee11ff-00")]
    [InlineData("50aa11bb22cc33dd_44ee55ff66aa77bb_88cc99dd00ee11ff")]
    [InlineData("50aa11bb22cc33dg-44ee55ff66aa77bb-88cc99dd00ee11ff")]
    [InlineData("50aa11bb22cc33dd-44ee55ff66aa77bb-88cc99dd00ee11ff\n")]
    [InlineData(" 50aa11bb22cc33dd-44ee55ff66aa77bb-88cc99dd00ee11ff")]
    public void What_cannot_be_a_token_is_told(string token) => Assert.NotNull(Problem(token));

    private static string? Problem(string token) => Assert.Single(TestProviders.Get("Viber").Credentials(default)).Problem(new Secret(token));
}
