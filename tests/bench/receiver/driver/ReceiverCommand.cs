using System.Globalization;
using System.Text.Json;

namespace MessengerOperator.Bench.Receiver;

/// <summary>How a receiver is started for one LINE account.</summary>
internal static class ReceiverCommand
{
    // A million events of 2 KiB. Room is not what is measured.
    private const string SpoolSize = "4Gi";
    private const string SecretFile = "channel-secret";

    private static readonly string[] SecretFiles = [SecretFile];

    /// <summary>Writes its configuration and gives its command line.</summary>
    /// <param name="program">The binary.</param>
    /// <param name="surroundings">Where it is to live.</param>
    /// <param name="spools">Whether events are made safe in a spool.</param>
    public static IReadOnlyList<string> In(string program, Surroundings surroundings, bool spools)
    {
        File.WriteAllText(Path.Combine(surroundings.Folder, SecretFile), RequestFile.ChannelSecret);
        var configuration = Path.Combine(surroundings.Folder, "receiver.json");
        File.WriteAllText(configuration, JsonSerializer.Serialize(new
        {
            version = 1,
            routes = new[]
            {
                new
                {
                    integration = "bench/line",
                    provider = "Line",
                    path = "/line",
                    accountId = RequestFile.Destination,
                    accountName = "Acme Support",
                    keys = new { channelSecret = SecretFiles },
                    sink = new { http = new { url = surroundings.Sink } },
                },
            },
        }));
        return
        [
            program,
            "--config", configuration,
            "--listen-address", "127.0.0.1",
            "--traffic-port", surroundings.Port.ToString(CultureInfo.InvariantCulture),
            "--management-port", surroundings.ManagementPort.ToString(CultureInfo.InvariantCulture),
            .. spools ? (string[])["--spool", Path.Combine(surroundings.Folder, "spool"), "--spool-size", SpoolSize] : [],
        ];
    }
}
