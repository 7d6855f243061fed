namespace MessengerOperator.CrdGenerator;

/// <summary>The command line of the generator.</summary>
/// <param name="CrdFolder">Folder of the resource definitions; the repository is the folder above it.</param>
/// <param name="ChartFolder">Folder of the chart's copy.</param>
/// <param name="ReferenceFolder">Folder of the API reference.</param>
/// <param name="Check">Compare instead of writing.</param>
internal sealed record GeneratorOptions(string CrdFolder, string ChartFolder, string ReferenceFolder, bool Check)
{
    public const string Usage =
        """
        Usage: MessengerOperator.CrdGenerator --output FOLDER [--chart FOLDER] [--reference FOLDER] [--check]
          --output     folder of the resource definitions, such as crds
          --chart      folder of the chart's copy; default: charts/messenger-operator/files/crds beside --output
          --reference  folder of the API reference; default: docs/reference beside --output
          --check      write nothing; exit with 1 when a file differs
        """;

    /// <exception cref="FormatException">An unknown option, an option without its value, or no --output.</exception>
    public static GeneratorOptions Parse(IReadOnlyList<string> arguments)
    {
        string? output = null, chart = null, reference = null;
        var check = false;
        for (var i = 0; i < arguments.Count; i++)
        {
            switch (arguments[i])
            {
                case "--output":
                    output = Value(arguments, ref i);
                    break;
                case "--chart":
                    chart = Value(arguments, ref i);
                    break;
                case "--reference":
                    reference = Value(arguments, ref i);
                    break;
                case "--check":
                    check = true;
                    break;
                default:
                    throw new FormatException($"Unknown option '{arguments[i]}'.");
            }
        }

        var crds = Path.GetFullPath(output ?? throw new FormatException("--output is missing."));
        var repository = Path.GetDirectoryName(crds) ?? crds;
        return new(
            crds,
            chart ?? Path.Combine(repository, "charts", "messenger-operator", "files", "crds"),
            reference ?? Path.Combine(repository, "docs", "reference"),
            check);
    }

    private static string Value(IReadOnlyList<string> arguments, ref int i) =>
        ++i < arguments.Count ? arguments[i] : throw new FormatException($"{arguments[i - 1]} needs a value.");
}
