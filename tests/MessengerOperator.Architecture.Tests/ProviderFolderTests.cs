using System.Text.RegularExpressions;
using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Providers;
using Microsoft.Extensions.DependencyInjection;

namespace MessengerOperator.Architecture.Tests;

/// <summary>A provider is complete: driver, place in the API, example, page for the platform team.</summary>
public class ProviderFolderTests
{
    private static readonly string Repository = Find(AppContext.BaseDirectory);

    public static TheoryData<string> Registered
    {
        get
        {
            using var services = new ServiceCollection().AddProviders().BuildServiceProvider();
            return [.. services.GetRequiredService<ProviderRegistry>().Names];
        }
    }

    [Theory]
    [MemberData(nameof(Registered))]
    public void A_registered_provider_has_its_place_in_the_api(string provider)
    {
        Assert.True(Enum.IsDefined(Enum.Parse<MessengerProvider>(provider)));
        Assert.NotNull(typeof(MessengerIntegrationSpec).GetProperty(provider));
    }

    [Theory]
    [MemberData(nameof(Registered))]
    public void A_registered_provider_has_an_example_and_its_pages(string provider)
    {
        var name = provider.ToLowerInvariant();
        Assert.True(File.Exists(Path.Combine(Repository, "examples", name, "integration.yaml")), $"examples/{name}/integration.yaml is missing");
        Assert.True(File.Exists(Path.Combine(Repository, "docs", "providers", $"{name}.md")), $"docs/providers/{name}.md is missing");
        Assert.True(
            File.Exists(Path.Combine(Repository, "operator", "MessengerOperator.Providers", provider, "README.md")),
            $"operator/MessengerOperator.Providers/{provider}/README.md is missing");
    }

    [Theory]
    [MemberData(nameof(Registered))]
    public void Outside_its_folder_a_provider_is_named_in_one_line_of_code(string provider)
    {
        // Whole words: CommandLine is not Line.
        var name = new Regex($@"(?<![\w.]){provider}\.|""{provider}""|\bAdd{provider}\(", RegexOptions.CultureInvariant);
        var naming = Directory.EnumerateFiles(Path.Combine(Repository, "operator"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !Segments(file).Any(segment => segment is "obj" or "bin" or "MessengerOperator.Api" || segment == provider))
            .SelectMany(file => File.ReadLines(file).Select(line => line.Trim()))
            .Where(line => IsCode(line) && name.IsMatch(line) && !line.StartsWith("using ", StringComparison.Ordinal) && !IsSpecCheck(line, provider))
            .Select(line => line.TrimEnd(';'))
            .ToList();
        Assert.Equal([$".Add{provider}()"], naming);
    }

    // The API's rules about a block stand beside the API, and are checked again by the operator in the same words.
    private static bool IsSpecCheck(string line, string provider) => line.Contains($"MessengerProvider.{provider}", StringComparison.Ordinal)
        || line.Contains($"spec.{provider}", StringComparison.OrdinalIgnoreCase)
        || line.Contains($"SpecMessages.{provider}", StringComparison.Ordinal);

    private static bool IsCode(string line) => !line.StartsWith("//", StringComparison.Ordinal) && !line.StartsWith('*');

    private static string[] Segments(string file) => Path.GetRelativePath(Repository, file).Split(Path.DirectorySeparatorChar);

    private static string Find(string folder) => File.Exists(Path.Combine(folder, "MessengerOperator.sln")) ? folder : Find(Path.GetDirectoryName(folder)!);
}
