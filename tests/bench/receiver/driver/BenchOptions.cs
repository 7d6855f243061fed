using System.Globalization;

namespace MessengerOperator.Bench.Receiver;

/// <summary>What one run measures; from environment variables.</summary>
internal sealed record BenchOptions
{
    /// <summary>Length of one measurement. <c>BENCH_SECONDS</c>; default 5.</summary>
    public int Seconds { get; init; } = 5;

    /// <summary>How often every contestant has its turn. <c>BENCH_ROUNDS</c>; default 5.</summary>
    public int Rounds { get; init; } = 5;

    /// <summary>Events that wait while the backlog is measured. <c>BENCH_BACKLOG</c>; default a million.</summary>
    public int Backlog { get; init; } = 1_000_000;

    /// <summary>What to measure: names of contestants, <c>flood</c>, <c>backlog</c>, separated by commas; all when empty. <c>BENCH_ONLY</c>.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>Folder with the contestants as <c>run</c> builds them.</summary>
    public required string Built { get; init; }

    /// <summary>Folder for what a run writes; emptied at its start.</summary>
    public required string Work { get; init; }

    /// <summary>The load generator's script.</summary>
    public required string Script { get; init; }

    /// <summary>Load before a measurement, so that caches and compilers are warm.</summary>
    public int WarmUpSeconds => Math.Min(Seconds, 3);

    /// <summary>Whether a contestant or one of the other measurements is asked for.</summary>
    public bool Includes(string name) => Only.Count == 0 || Only.Contains(name);

    /// <summary>Reads them.</summary>
    /// <param name="arguments">The three folders and files, in the order of the properties.</param>
    /// <exception cref="FormatException">A number is none.</exception>
    public static BenchOptions Read(string[] arguments) => new()
    {
        Built = arguments[0],
        Work = arguments[1],
        Script = arguments[2],
        Seconds = Number("BENCH_SECONDS", 5),
        Rounds = Number("BENCH_ROUNDS", 5),
        Backlog = Number("BENCH_BACKLOG", 1_000_000),
        Only = (Environment.GetEnvironmentVariable("BENCH_ONLY") ?? string.Empty)
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
    };

    private static int Number(string variable, int otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text
            ? int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) is > 0 and var number ? number : throw new FormatException($"{variable} must be above 0")
            : otherwise;
}
