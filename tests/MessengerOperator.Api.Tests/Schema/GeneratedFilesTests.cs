using MessengerOperator.CrdGenerator;

namespace MessengerOperator.Api.Tests.Schema;

public class GeneratedFilesTests
{
    [Fact]
    public async Task The_generated_files_are_up_to_date()
    {
        var files = GeneratedFiles.All(GeneratorOptions.Parse(["--output", Path.Combine(YamlFiles.RepositoryRoot, "crds")]));
        var complaints = new StringWriter();

        var exitCode = await GeneratedFiles.CompareAsync(files, complaints);

        Assert.True(exitCode == 0, complaints.ToString());
        Assert.Equal(3, files.Count);
    }

    [Fact]
    public void Generating_twice_gives_the_same_text()
    {
        var options = GeneratorOptions.Parse(["--output", "crds"]);

        Assert.Equal(GeneratedFiles.All(options), GeneratedFiles.All(options));
    }

    [Fact]
    public void The_yaml_reads_back_as_what_was_generated() =>
        Assert.Equal(GeneratedFiles.Definition().ToJsonString(), StructuralSchema.Committed.Definition.ToJsonString());

    [Fact]
    public async Task A_stale_file_is_named_with_its_first_differing_line()
    {
        var folder = Directory.CreateTempSubdirectory("crd-check-");
        try
        {
            var options = GeneratorOptions.Parse(["--output", Path.Combine(folder.FullName, "crds"), "--check"]);
            var files = GeneratedFiles.All(options);
            await GeneratedFiles.WriteAsync(files, TextWriter.Null);
            var stale = files.Keys.Single(path => Path.GetDirectoryName(path)!.EndsWith($"{Path.DirectorySeparatorChar}crds", StringComparison.Ordinal) && !path.Contains("charts", StringComparison.Ordinal));
            await File.WriteAllTextAsync(stale, (await File.ReadAllTextAsync(stale, TestContext.Current.CancellationToken)).Replace("- mi\n", "- ni\n", StringComparison.Ordinal), TestContext.Current.CancellationToken);
            var complaints = new StringWriter();

            Assert.Equal(1, await GeneratedFiles.CompareAsync(files, complaints));

            Assert.Contains("- ni", complaints.ToString(), StringComparison.Ordinal);
            Assert.Contains("make generate", complaints.ToString(), StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("--frobnicate")]
    [InlineData("--output")]
    [InlineData("--check")]
    public void A_wrong_command_line_is_refused(params string[] arguments) => Assert.Throws<FormatException>(() => GeneratorOptions.Parse(arguments));
}
