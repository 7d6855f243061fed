using MessengerOperator.Providers;
using MessengerOperator.Reconciliation.MessengerIntegrations.Children;

namespace MessengerOperator.Reconciliation.Tests.MessengerIntegrations.Children;

/// <summary>No member can have a key of another, whatever dots are in their names.</summary>
public class MemberFilesTests
{
    [Fact]
    public void Keys_of_members_never_meet()
    {
        string[] members = ["a", "a.token", "a.sink", "a.json", "a.pem", "a.b", "a.b.credential-x", "a-previous", "a.token-previous"];

        var keys = members.Select(member => new MemberFiles(member)).SelectMany(Keys).ToList();

        Assert.Equal(keys.Count, keys.Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData("acme.json", "acme")]
    [InlineData("a.json.json", "a.json")]
    [InlineData("acme.pem", null)]
    public void A_document_tells_its_member(string key, string? member) => Assert.Equal(member, MemberFiles.OfDocument(key)?.Member);

    private static IEnumerable<string> Keys(MemberFiles files)
    {
        string[] secrets =
        [
            files.Token, files.ProbeKey, files.ChangedAt, files.SinkBearerToken, files.SinkHeader(0), files.SinkHeader(1),
            files.Verification(new VerificationKey("key", "x")), files.Verification(new VerificationKey("key", "token")),
        ];
        return [files.Document, files.CaBundle, .. secrets, .. secrets.Select(MemberFiles.Former)];
    }
}
