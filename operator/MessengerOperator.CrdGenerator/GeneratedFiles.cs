using System.Text.Json.Nodes;
using MessengerOperator.Api.MessengerIntegrations;

namespace MessengerOperator.CrdGenerator;

/// <summary>The files made from the C# types: path and whole content, the same on every run.</summary>
internal static class GeneratedFiles
{
    public const string DefinitionFile = MessengerIntegration.KubePlural + "." + MessengerIntegration.KubeGroup + ".yaml";

    private const string Header =
        """
        # Generated from operator/MessengerOperator.Api by `make generate`; do not edit.

        """;

    /// <summary>The resource definition.</summary>
    public static JsonObject Definition() =>
        new CustomResourceDefinitionBuilder(new SchemaBuilder(Documentation())).Build(typeof(MessengerIntegration));

    /// <summary>Every generated file by its full path.</summary>
    public static IReadOnlyDictionary<string, string> All(GeneratorOptions options)
    {
        var definition = Definition();
        var yaml = Header + YamlText.Write(definition);
        var schema = definition["spec"]!["versions"]![0]!["schema"]!["openAPIV3Schema"]!.AsObject();
        return new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            [Path.Combine(options.CrdFolder, DefinitionFile)] = yaml,
            [Path.Combine(options.ChartFolder, DefinitionFile)] = yaml,
            [Path.Combine(options.ReferenceFolder, "messengerintegration.md")] = new ReferencePage(Documentation(), schema).Write(),
        };
    }

    /// <summary>Writes what differs; returns the exit code.</summary>
    public static async Task<int> WriteAsync(IReadOnlyDictionary<string, string> files, TextWriter output)
    {
        foreach (var (path, content) in files)
        {
            if (File.Exists(path) && await File.ReadAllTextAsync(path) == content)
            {
                continue;
            }

            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, content);
            await output.WriteLineAsync($"wrote {path}");
        }

        return 0;
    }

    /// <summary>Names each file that differs with its first differing line; returns the exit code, 1 when one differs.</summary>
    public static async Task<int> CompareAsync(IReadOnlyDictionary<string, string> files, TextWriter output)
    {
        var differing = 0;
        foreach (var (path, content) in files)
        {
            var found = File.Exists(path) ? await File.ReadAllTextAsync(path) : "";
            if (found == content)
            {
                continue;
            }

            differing++;
            await output.WriteLineAsync(found.Length == 0 ? $"{path} is missing." : $"{path} is out of date, first at {FirstDifference(found, content)}");
        }

        if (differing > 0)
        {
            await output.WriteLineAsync("Run `make generate` and commit the result; `git diff` then shows what changed.");
        }

        return differing == 0 ? 0 : 1;
    }

    private static XmlDocumentation Documentation() => XmlDocumentation.For(typeof(MessengerIntegration).Assembly);

    private static string FirstDifference(string found, string wanted)
    {
        var (left, right) = (found.Split('\n'), wanted.Split('\n'));
        var line = 0;
        while (line < left.Length && line < right.Length && left[line] == right[line])
        {
            line++;
        }

        return $"""
            line {line + 1}:
              - {left.ElementAtOrDefault(line)}
              + {right.ElementAtOrDefault(line)}
            """;
    }
}
