using System.Text.RegularExpressions;

namespace MessengerOperator.Receiver.Tests;

/// <summary>docs/delivery.md names the test behind each promise.</summary>
public partial class DeliveryDocumentTests
{
    // They start processes, and have a project of their own.
    private const string Elsewhere = "SigkillTests";

    [Fact]
    public void Every_test_that_the_document_names_exists()
    {
        var tests = typeof(DeliveryDocumentTests).Assembly.GetTypes().Where(type => type.Name.EndsWith("Tests", StringComparison.Ordinal)).ToDictionary(type => type.Name);
        var named = Test().Matches(File.ReadAllText(Path.Combine(Root(), "docs", "delivery.md"))).Where(match => match.Groups["class"].Value != Elsewhere).ToList();

        Assert.InRange(named.Count, 30, int.MaxValue);
        Assert.All(named, match =>
        {
            var type = Assert.Contains(match.Groups["class"].Value, tests);
            Assert.True(!match.Groups["law"].Success || type.GetMethod(match.Groups["law"].Value) is not null, $"{match.Value} does not exist.");
        });
    }

    [GeneratedRegex(@"`(?<class>[A-Z]\w*Tests)(?:\.(?<law>\w+))?`")]
    private static partial Regex Test();

    private static string Root()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "MessengerOperator.sln")))
        {
            directory = directory.Parent;
        }

        return directory.FullName;
    }
}
