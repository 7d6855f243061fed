using System.Globalization;
using System.Text.Json;

namespace MessengerOperator.Bench.Receiver;

/// <summary>The servers that are measured.</summary>
internal static class Contestants
{
    /// <summary>The limit that the others are divided by.</summary>
    public const string Limit = "kestrel-raw";

    private const int Some = 32;
    private const int Many = 128;
    private static readonly string[] SecretFiles = ["channel-secret"];

    /// <summary>All of them, in the order of their turns.</summary>
    /// <param name="built">Folder with what was built.</param>
    public static IReadOnlyList<Contestant> In(string built) =>
    [
        new()
        {
            Name = Limit,
            Connections = [Some, Many],
            Command = (port, _) => [$"{built}/kestrel-raw/kestrel-raw", Text(port)],
            Messenger = Messenger.Line,
        },
        new()
        {
            Name = "receiver-verify",
            Connections = [Some, Many],
            Command = (port, folder) => [$"{built}/receiver-verify/messenger-receiver", .. ReceiverFlags(port, folder, UnusedSink)],
            Messenger = Messenger.Line,
        },
        new()
        {
            Name = "go",
            Connections = [Some],
            Command = (port, _) => [$"{built}/go/server", Text(port)],
            Environment = new Dictionary<string, string> { ["CHANNEL_SECRET"] = RequestFile.ChannelSecret },
            Messenger = Messenger.Line,
        },
        new()
        {
            Name = "express-line-sdk",
            Connections = [Some],
            Command = (port, _) => ["node", $"{built}/express-line-sdk/server.js", Text(port)],
            Environment = new Dictionary<string, string> { ["CHANNEL_SECRET"] = RequestFile.ChannelSecret, ["NODE_ENV"] = "production" },
            Messenger = Messenger.Line,
        },
        new()
        {
            Name = "telegraf",
            Connections = [Some],
            Command = (port, _) => ["node", $"{built}/telegraf/server.js", Text(port)],
            Environment = new Dictionary<string, string> { ["SECRET_TOKEN"] = RequestFile.SecretToken, ["NODE_ENV"] = "production" },
            Messenger = Messenger.Telegram,
        },
    ];

    // Nobody connects to it: what would be delivered is dropped before.
    private static Uri UnusedSink { get; } = new("http://127.0.0.1:9/");

    private static IReadOnlyList<string> ReceiverFlags(int port, string folder, Uri sink)
    {
        File.WriteAllText($"{folder}/channel-secret", RequestFile.ChannelSecret);
        File.WriteAllText($"{folder}/receiver.json", JsonSerializer.Serialize(new
        {
            version = 1,
            routes = new[]
            {
                new
                {
                    integration = "bench/line",
                    provider = "Line",
                    path = "/line",
                    accountId = "U0123456789abcdef0123456789abcdef",
                    accountName = "Acme Support",
                    keys = new { channelSecret = SecretFiles },
                    sink = new { http = new { url = sink } },
                },
            },
        }));
        return
        [
            "--config", $"{folder}/receiver.json",
            "--listen-address", "127.0.0.1",
            "--traffic-port", Text(port),
            "--management-port", Text(RunningContestant.FreePort()),
        ];
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
