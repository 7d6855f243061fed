namespace MessengerOperator.Edge;

/// <summary>The command line, read.</summary>
internal sealed record EdgeArguments
{
    public const string Usage = """
        Usage: MessengerOperator.Edge --routes FILE [--url URL]... [--certificate FILE --key FILE]
                 passes requests on by path; FILE is [{"path":"/a","upstream":"http://10.0.0.1:8080"}] and is read again when it changes
                 (default --url https://0.0.0.0:8443)
               MessengerOperator.Edge --make-certificates DIRECTORY --host NAME-OR-ADDRESS [--host ...]
                 writes ca.crt, tls.crt and tls.key
        """;

    private static readonly string[] Names = ["--routes", "--url", "--certificate", "--key", "--make-certificates", "--host"];

    public string? Routes { get; private init; }

    public IReadOnlyList<string> Urls { get; private init; } = [];

    public string? Certificate { get; private init; }

    public string? Key { get; private init; }

    public string? MakeCertificates { get; private init; }

    public IReadOnlyList<string> Hosts { get; private init; } = [];

    /// <exception cref="FormatException">An option is unknown, lacks its value, or is needed and missing.</exception>
    public static EdgeArguments Parse(IReadOnlyList<string> args)
    {
        if (args.Count % 2 != 0 || args.Where((_, index) => index % 2 == 0).FirstOrDefault(name => !Names.Contains(name)) is not null)
        {
            throw new FormatException("Unknown option, or an option without a value.");
        }

        var given = args.Chunk(2).ToLookup(pair => pair[0], pair => pair[1]);
        var parsed = new EdgeArguments
        {
            Routes = given["--routes"].LastOrDefault(),
            Urls = [.. given["--url"].DefaultIfEmpty("https://0.0.0.0:8443")],
            Certificate = given["--certificate"].LastOrDefault(),
            Key = given["--key"].LastOrDefault(),
            MakeCertificates = given["--make-certificates"].LastOrDefault(),
            Hosts = [.. given["--host"]],
        };
        return parsed switch
        {
            { MakeCertificates: not null, Hosts.Count: 0 } => throw new FormatException("--make-certificates needs --host."),
            { MakeCertificates: null, Routes: null } => throw new FormatException("--routes is missing."),
            { MakeCertificates: null, Certificate: null } when parsed.Urls.Any(url => url.StartsWith("https:", StringComparison.OrdinalIgnoreCase)) =>
                throw new FormatException("https needs --certificate and --key."),
            _ => parsed,
        };
    }
}
