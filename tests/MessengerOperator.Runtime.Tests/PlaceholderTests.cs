namespace MessengerOperator.Runtime.Tests;

public class PlaceholderTests
{
    [Fact]
    public void Holds() => Assert.Equal(2, 1 + 1);
}
