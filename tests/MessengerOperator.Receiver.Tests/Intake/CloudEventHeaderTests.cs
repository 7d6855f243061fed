using MessengerOperator.Receiver.Intake;

namespace MessengerOperator.Receiver.Tests.Intake;

public class CloudEventHeaderTests
{
    [Theory]
    [InlineData("700000001-810000001", "700000001-810000001")]
    [InlineData("/namespaces/a/messengerintegrations/b", "/namespaces/a/messengerintegrations/b")]
    [InlineData("a b", "a%20b")]
    [InlineData("100%", "100%25")]
    [InlineData("say \"hi\"", "say%20%22hi%22")]
    [InlineData("Euro € 😀", "Euro%20%E2%82%AC%20%F0%9F%98%80")]
    [InlineData("x\r\nce-id: forged", "x%0D%0Ace-id:%20forged")]
    public void A_value_is_encoded_as_the_binding_says(string value, string encoded) => Assert.Equal(encoded, CloudEventHeader.Encode(value));

    [Fact]
    public void Half_a_surrogate_pair_becomes_the_replacement_character() => Assert.Equal("%EF%BF%BD", CloudEventHeader.Encode("\ud83d"));
}
