using System.Globalization;
using MessengerOperator.ProviderSimulator.Network;

namespace MessengerOperator.ProviderSimulator;

/// <summary>Reads the command line; what it leaves out comes from <c>SIMULATOR_…</c> variables, then from the defaults.</summary>
internal static class SimulatorArguments
{
    public const string Usage = """
        Usage: MessengerOperator.ProviderSimulator [options]
          --provider-url URL        the providers' APIs (default http://0.0.0.0:8090; SIMULATOR_PROVIDER_URL)
          --control-url URL         the control API (default http://127.0.0.1:8091; SIMULATOR_CONTROL_URL)
          --time-scale FACTOR       factor on delivery delays (default 1; SIMULATOR_TIME_SCALE)
          --answer-timeout SECONDS  how long receivers may stay silent (default each provider's own; SIMULATOR_ANSWER_TIMEOUT)
          --trusted-ca FILE         PEM authorities trusted besides the system's (SIMULATOR_TRUSTED_CA)
          --resolve HOST=ADDRESS[,ADDRESS...][@CONNECT-TO]
                                    answer a name without DNS; repeatable (SIMULATOR_RESOLVE, separated by blanks)
          --malformed-token 404|401 as the cloud or as a self-hosted server answers (default 404; SIMULATOR_MALFORMED_TOKEN)
        """;

    private static readonly string[] Names =
        ["provider-url", "control-url", "time-scale", "answer-timeout", "trusted-ca", "resolve", "malformed-token"];

    /// <exception cref="FormatException">An option is unknown, has no value, or a wrong one.</exception>
    public static SimulatorOptions Parse(IReadOnlyList<string> args, Func<string, string?> environment)
    {
        var given = Pairs(args).ToLookup(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal);
        var scale = Number(Value("time-scale") ?? "1", "time-scale");
        if (!SimulationTime.IsValidScale(scale))
        {
            throw new FormatException("--time-scale is above 0.");
        }

        return new SimulatorOptions
        {
            ProviderUrl = Value("provider-url") ?? "http://0.0.0.0:8090",
            ControlUrl = Value("control-url") ?? "http://127.0.0.1:8091",
            TimeScale = scale,
            AnswerTimeout = Value("answer-timeout") is { } seconds ? TimeSpan.FromSeconds(Number(seconds, "answer-timeout")) : null,
            TrustedCaFile = Value("trusted-ca"),
            Resolve = [.. Resolves().Select(NameOverride.Parse)],
            MalformedTokenStatus = (Value("malformed-token") ?? "404") switch
            {
                "404" => 404,
                "401" => 401,
                _ => throw new FormatException("--malformed-token is 404 or 401."),
            },
            ConsoleLog = true,
        };

        string? Value(string name) => given[name].LastOrDefault() ?? FromEnvironment(name);

        string? FromEnvironment(string name) => environment("SIMULATOR_" + name.Replace('-', '_').ToUpperInvariant()) is { Length: > 0 } value ? value : null;

        IEnumerable<string> Resolves() => given["resolve"].Any()
            ? given["resolve"]
            : (FromEnvironment("resolve") ?? string.Empty).Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    private static IEnumerable<(string Name, string Value)> Pairs(IReadOnlyList<string> args)
    {
        for (var index = 0; index < args.Count; index++)
        {
            var parts = args[index].Split('=', 2);
            var name = parts[0].StartsWith("--", StringComparison.Ordinal) ? parts[0][2..] : string.Empty;
            if (!Names.Contains(name))
            {
                throw new FormatException($"'{parts[0]}' is not an option.");
            }

            if (parts.Length == 2)
            {
                yield return (name, parts[1]);
            }
            else if (++index < args.Count)
            {
                yield return (name, args[index]);
            }
            else
            {
                throw new FormatException($"--{name} needs a value.");
            }
        }
    }

    private static double Number(string text, string name) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new FormatException($"--{name} is a number above 0.");
}
