using System.Globalization;

namespace MessengerOperator.Bench.Receiver;

/// <summary>The servers that are measured.</summary>
/// <param name="built">Folder with what was built.</param>
internal sealed class Contestants(string built)
{
    /// <summary>The limit that the others are divided by.</summary>
    public const string Limit = "kestrel-raw";

    private const int Some = 32;
    private const int Many = 128;

    /// <summary>A web server that takes whatever is posted to it: the limit itself, and the sink.</summary>
    public Contestant Raw => new()
    {
        Name = Limit,
        Connections = [Some, Many],
        Command = start => [$"{built}/kestrel-raw/kestrel-raw", Text(start.Port)],
    };

    /// <summary>The product as its image has it, with a spool and a sink.</summary>
    public Contestant Delivering => new()
    {
        Name = "receiver-durable-delivering",
        Connections = [Some, Many],
        Command = start => ReceiverCommand.In($"{built}/receiver/messenger-receiver", start, spools: true),
        TellsRepeats = true,
        Delivers = true,
    };

    /// <summary>All of them, in the order of their turns.</summary>
    public IReadOnlyList<Contestant> All =>
    [
        Raw,
        new()
        {
            Name = "receiver-verify",
            Connections = [Some, Many],
            Command = start => ReceiverCommand.In($"{built}/receiver-verify/messenger-receiver", start, spools: false),
        },
        Delivering with { Name = "receiver-durable", Delivers = false },
        Delivering,
        new()
        {
            Name = "go",
            Connections = [Some],
            Command = start => [$"{built}/go/server", Text(start.Port)],
            Environment = new Dictionary<string, string> { ["CHANNEL_SECRET"] = RequestFile.ChannelSecret },
        },
        new()
        {
            Name = "express-line-sdk",
            Connections = [Some],
            Command = start => ["node", $"{built}/express-line-sdk/server.js", Text(start.Port)],
            Environment = new Dictionary<string, string> { ["CHANNEL_SECRET"] = RequestFile.ChannelSecret, ["NODE_ENV"] = "production" },
        },
        new()
        {
            Name = "telegraf",
            Connections = [Some],
            Command = start => ["node", $"{built}/telegraf/server.js", Text(start.Port)],
            Environment = new Dictionary<string, string> { ["SECRET_TOKEN"] = RequestFile.SecretToken, ["NODE_ENV"] = "production" },
            Messenger = Messenger.Telegram,
        },
    ];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
