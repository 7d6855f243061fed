using MessengerOperator.Providers;
using MessengerOperator.Reconciliation.MessengerIntegrations.Children;
using MessengerOperator.Reconciliation.MessengerIntegrations.Sinks;

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
            files.Token, files.ProbeKey, files.ChangedAt, files.SinkValue(SinkPlace.Events, SinkSelectors.BearerToken), files.SinkHeader(SinkPlace.Events, 0), files.SinkHeader(SinkPlace.Events, 1),
            files.SinkValue(SinkPlace.DeadLetters, SinkSelectors.BearerToken), files.SinkHeader(SinkPlace.DeadLetters, 0),
            files.Verification(new VerificationKey("key", "x")), files.Verification(new VerificationKey("key", "token")),
        ];
        return [files.Document, files.CaBundle(SinkPlace.Events), files.CaBundle(SinkPlace.DeadLetters), .. secrets, .. secrets.Select(MemberFiles.Former)];
    }
}
