using System.Text;
using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Providers.Tests.Webhooks;

public class ReachabilityProbeTests
{
    private static readonly byte[] Key = Encoding.UTF8.GetBytes("a probe key");

    [Fact]
    public void A_receiver_with_the_key_proves_itself()
    {
        var nonce = ReachabilityProbe.NewNonce();
        var answer = ReachabilityProbe.Answer(Key, ReachabilityProbe.SignRequest(Key, nonce, "/ns/name"), "/ns/name");
        Assert.True(ReachabilityProbe.IsAnswer(Key, nonce, "/ns/name", answer));
    }

    [Fact]
    public void An_answer_to_another_nonce_path_or_key_proves_nothing()
    {
        var nonce = ReachabilityProbe.NewNonce();
        var answer = ReachabilityProbe.Answer(Key, ReachabilityProbe.SignRequest(Key, nonce, "/ns/name"), "/ns/name");
        Assert.False(ReachabilityProbe.IsAnswer(Key, ReachabilityProbe.NewNonce(), "/ns/name", answer));
        Assert.False(ReachabilityProbe.IsAnswer(Key, nonce, "/ns/other", answer));
        Assert.False(ReachabilityProbe.IsAnswer(Encoding.UTF8.GetBytes("another key"), nonce, "/ns/name", answer));
        Assert.False(ReachabilityProbe.IsAnswer(Key, nonce, "/ns/name", null));
    }

    [Fact]
    public void The_request_itself_is_no_answer()
    {
        var nonce = ReachabilityProbe.NewNonce();
        var request = ReachabilityProbe.SignRequest(Key, nonce, "/ns/name");
        Assert.False(ReachabilityProbe.IsAnswer(Key, nonce, "/ns/name", request));
        Assert.False(ReachabilityProbe.IsAnswer(Key, nonce, "/ns/name", request[(nonce.Length + 1)..]));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("short")]
    [InlineData("00000000000000000000000000000000.0000000000000000000000000000000000000000000000000000000000000000")]
    public void A_stranger_gets_no_answer(string header) => Assert.Null(ReachabilityProbe.Answer(Key, header, "/ns/name"));

    [Fact]
    public void One_changed_character_anywhere_gets_no_answer()
    {
        var header = ReachabilityProbe.SignRequest(Key, ReachabilityProbe.NewNonce(), "/ns/name");
        for (var i = 0; i < header.Length; i++)
        {
            var changed = header[..i] + (header[i] == 'a' ? 'b' : 'a') + header[(i + 1)..];
            Assert.Null(ReachabilityProbe.Answer(Key, changed, "/ns/name"));
        }
    }
}
