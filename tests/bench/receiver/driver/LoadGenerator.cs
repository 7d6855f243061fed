using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace MessengerOperator.Bench.Receiver;

/// <summary>Runs <c>wrk</c> with one thread.</summary>
internal static class LoadGenerator
{
    private const string ResultPrefix = "result ";
    private const int LongestAnswerSeconds = 10;

    /// <summary>Keeps <paramref name="connections"/> connections busy, each with one request at a time.</summary>
    /// <exception cref="InvalidOperationException">There was no result.</exception>
    public static async Task<LoadResult> RunAsync(string script, Uri url, int connections, int seconds, IReadOnlyList<string> scriptArguments)
    {
        var start = new ProcessStartInfo("wrk") { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments =
        [
            "--threads", "1",
            "--connections", connections.ToString(CultureInfo.InvariantCulture),
            "--duration", $"{seconds}s",
            "--timeout", $"{LongestAnswerSeconds}s",
            "--script", script,
            url.AbsoluteUri,
            "--", .. scriptArguments,
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        var line = output.Split('\n').FirstOrDefault(line => line.StartsWith(ResultPrefix, StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"wrk gave no result: {await errors}{output}");
        return JsonSerializer.Deserialize<LoadResult>(line[ResultPrefix.Length..], JsonSerializerOptions.Web)!;
    }
}
