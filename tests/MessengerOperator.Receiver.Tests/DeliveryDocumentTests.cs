using System.Text.RegularExpressions;

namespace MessengerOperator.Receiver.Tests;

/// <summary>docs/delivery.md names the test behind each promise.</summary>
public partial class DeliveryDocumentTests
{
    [Fact]
    public void Every_test_that_the_document_names_exists()
    {
        var root = Root();
        var sources = Directory.EnumerateFiles(Path.Combine(root, "tests"), "*Tests.cs", SearchOption.AllDirectories).ToLookup(Path.GetFileNameWithoutExtension);
        var named = Test().Matches(File.ReadAllText(Path.Combine(root, "docs", "delivery.md")));

        Assert.InRange(named.Count, 30, int.MaxValue);
        Assert.All(named, match =>
        {
            var law = match.Groups["law"];
            Assert.Contains(sources[match.Groups["class"].Value], file => !law.Success || File.ReadAllText(file).Contains($" {law.Value}(", StringComparison.Ordinal));
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
