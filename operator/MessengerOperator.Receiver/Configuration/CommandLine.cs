using System.Collections;
using System.Text;

namespace MessengerOperator.Receiver.Configuration;

/// <summary>Reads flags and environment variables into <see cref="ReceiverOptions"/>. A flag wins over its variable.</summary>
internal static class CommandLine
{
    /// <summary>What environment variables begin with; <c>--traffic-port</c> is <c>MESSENGER_RECEIVER_TRAFFIC_PORT</c>.</summary>
    public const string EnvironmentPrefix = "MESSENGER_RECEIVER_";

    private static readonly OptionDefinition[] Definitions =
    [
        new("config", "PATH", "configuration document, or a directory of *.json (required)", (o, v) => { o.ConfigPath = v; return v.Length > 0; }, "a file or directory"),
        OptionDefinition.Port("traffic-port", "port for the providers (8080)", (o, v) => o.TrafficPort = v),
        OptionDefinition.Port("management-port", "port for health, readiness, metrics, status (8081)", (o, v) => o.ManagementPort = v),
        new("listen-address", "ADDRESS", "address to listen on (*)", (o, v) => { o.ListenAddress = v; return v == "*" || System.Net.IPAddress.TryParse(v, out _); }, "* or an IP address"),
        OptionDefinition.Number("max-body-bytes", "largest body (1048576)", 1, 64 * 1024 * 1024, (o, v) => o.MaxBodyBytes = v),
        OptionDefinition.Number("max-header-bytes", "largest header section (16384)", 1024, 1024 * 1024, (o, v) => o.MaxHeaderBytes = v),
        OptionDefinition.Number("max-connections", "open connections on the traffic port; beyond it the least useful one is closed (1024)", 1, 1_000_000, (o, v) => o.MaxConnections = v),
        OptionDefinition.Duration("header-timeout", "for a client to send its headers (10s)", (o, v) => o.HeaderTimeout = v),
        OptionDefinition.Duration("body-timeout", "for a client to send its body (10s)", (o, v) => o.BodyTimeout = v),
        OptionDefinition.Duration("sink-timeout", "for the sink to take one event (10s)", (o, v) => o.SinkTimeout = v),
        OptionDefinition.Number("sink-concurrency", "requests that one sink works on at a time (64)", 1, 10_000, (o, v) => o.SinkConcurrency = v),
        OptionDefinition.Number("sink-queue", "requests that may wait for one sink (1024)", 0, 100_000, (o, v) => o.SinkQueue = v),
        new("spool", "FOLDER", "where events are made safe; without it they are acknowledged when the sink has them", (o, v) => { o.SpoolDirectory = v; return v.Length > 0; }, "a folder"),
        OptionDefinition.Bytes("spool-size", "what that folder may hold; beyond, providers are asked to retry (256Mi)", Spool.SpoolLimits.LeastTotalBytes, (o, v) => o.SpoolBytes = v),
        OptionDefinition.Number("spool-queue", "requests that may wait to be written to it (4096)", 1, 100_000, (o, v) => o.SpoolQueue = v),
        OptionDefinition.LongDuration("spool-age", "age at which an event is put aside as a dead letter (168h)", (o, v) => o.SpoolAge = v),
        OptionDefinition.Number("max-attempts", "failures of one event, while its sink takes others, until it is put aside (12)", 1, 1000, (o, v) => o.MaxAttempts = v),
        OptionDefinition.LongDuration("dead-letter-age", "how long dead letters are kept (720h)", (o, v) => o.DeadLetterAge = v),
        OptionDefinition.Duration("reload-interval", "between looks at the configuration and its files (2s)", (o, v) => o.ReloadInterval = v),
        OptionDefinition.Duration("lameduck", "serving on after SIGTERM with readiness failing (5s)", (o, v) => o.Lameduck = v, allowZero: true),
        OptionDefinition.Duration("drain-timeout", "for requests under way to end after that (20s)", (o, v) => o.DrainTimeout = v),
        new(
            "traces-endpoint",
            "URL",
            "where traces go, OTLP over HTTP; without it there are none",
            (o, v) => Uri.TryCreate(v, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps) && (o.TracesEndpoint = url) is not null,
            "an http or https address such as http://collector:4318"),
        new("traces-ratio", "NUMBER", "share of the requests that begin a trace (1)", (o, v) => TryShare(v, out var share) && (o.TracesRatio = share) >= 0, "a number from 0 to 1"),
        new("log-level", "LEVEL", "Debug, Information, Warning or Error (Information)", (o, v) => { var known = Enum.TryParse<LogLevel>(v, ignoreCase: true, out var level); o.LogLevel = level; return known; }, "a log level"),
    ];

    /// <summary>The text for <c>--help</c>.</summary>
    public static string Help()
    {
        var text = new StringBuilder("""
            messenger-receiver: takes messengers' webhooks, verifies them, and hands them on as CloudEvents.

            Usage: messenger-receiver --config PATH [flags]
                   messenger-receiver dead-letters --help
            Every flag is also an environment variable: --traffic-port is MESSENGER_RECEIVER_TRAFFIC_PORT.


            """);
        foreach (var definition in Definitions)
        {
            text.Append("  ").Append($"--{definition.Flag} {definition.ValueName}".PadRight(30)).AppendLine(definition.Description);
        }

        return text.Append("  ").Append("--version".PadRight(30)).AppendLine("print the version").ToString();
    }

    private static bool TryShare(string text, out double share) =>
        double.TryParse(text, System.Globalization.NumberStyles.AllowDecimalPoint | System.Globalization.NumberStyles.AllowExponent, System.Globalization.CultureInfo.InvariantCulture, out share) && share is >= 0 and <= 1;

    /// <summary>The options, and one sentence for everything that is wrong with them.</summary>
    public static (ReceiverOptions Options, IReadOnlyList<string> Problems) Parse(IReadOnlyList<string> arguments, IDictionary environment)
    {
        var options = new ReceiverOptions();
        var problems = new List<string>();
        foreach (var definition in Definitions)
        {
            var variable = EnvironmentPrefix + definition.Flag.ToUpperInvariant().Replace('-', '_');
            if (environment[variable] is string value)
            {
                Apply(definition, variable, value, options, problems);
            }
        }

        ReadFlags(arguments, options, problems);
        if (options.ConfigPath.Length == 0)
        {
            problems.Add("--config PATH is required");
        }

        return (options, problems);
    }

    private static void ReadFlags(IReadOnlyList<string> arguments, ReceiverOptions options, List<string> problems)
    {
        for (var i = 0; i < arguments.Count; i++)
        {
            var (flag, value) = Split(arguments[i]);
            var definition = Array.Find(Definitions, definition => "--" + definition.Flag == flag);
            if (definition is null)
            {
                problems.Add($"{flag} is not a flag; --help lists them");
            }
            else if (value is null && i + 1 == arguments.Count)
            {
                problems.Add($"{flag} needs a value");
            }
            else
            {
                Apply(definition, flag, value ?? arguments[++i], options, problems);
            }
        }
    }

    private static (string Flag, string? Value) Split(string argument)
    {
        var equals = argument.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? (argument, null) : (argument[..equals], argument[(equals + 1)..]);
    }

    private static void Apply(OptionDefinition definition, string name, string value, ReceiverOptions options, List<string> problems)
    {
        if (!definition.TryApply(options, value))
        {
            problems.Add($"{name}: '{value}' is not {definition.Expected}");
        }
    }
}
