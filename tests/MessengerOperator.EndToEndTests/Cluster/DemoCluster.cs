using System.Globalization;
using System.Text.RegularExpressions;

namespace MessengerOperator.EndToEndTests.Cluster;

/// <summary>A cluster of its own with what the demo leaves up (<c>tests/demo/demo --keep</c>). It is gone afterwards, whatever happened.</summary>
public sealed partial class DemoCluster : IAsyncLifetime
{
    internal const string Namespace = "contact-centre";
    internal const string Integration = "acme-support";
    internal const string Receiver = "acme-support-receiver";

    internal static readonly string[] Providers = ["Facebook", "Line", "Nexmo", "Telegram", "Viber"];

    // A first run on a new machine builds Kubernetes and all images.
    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(25);

    private readonly string _name = string.Create(CultureInfo.InvariantCulture, $"e2e-{Environment.ProcessId}");

    /// <summary>All that the demo said.</summary>
    internal string DemoOutput { get; private set; } = "";

    internal Kubectl Kubectl { get; private set; } = null!;

    /// <summary>The Telegram account's side of the simulator.</summary>
    internal Simulator Simulator => Accounts["Telegram"];

    /// <summary>Every account by its provider's name.</summary>
    internal IReadOnlyDictionary<string, Simulator> Accounts { get; private set; } = new Dictionary<string, Simulator>();

    internal Inbox Inbox { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        try
        {
            using var timeout = new CancellationTokenSource(LongestStart, TimeProvider.System);
            var demo = await Command.RunAsync(
                Repository.PathOf("tests/demo/demo"),
                ["--keep", "--name", _name, "--parent-pid", Environment.ProcessId.ToString(CultureInfo.InvariantCulture)],
                cancellationToken: timeout.Token);
            DemoOutput = demo.Output;
            await File.WriteAllTextAsync(Repository.PathOf($"artifacts/demo/{_name}/demo.log"), demo.Output + demo.Error, timeout.Token);
            demo.Required("tests/demo/demo");
            var places = (await File.ReadAllLinesAsync(Repository.PathOf($"artifacts/demo/{_name}/endpoints"), timeout.Token))
                .Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
            Kubectl = new Kubectl(places["KUBECONFIG"], places["KUBECTL"]);
            Accounts = (await File.ReadAllLinesAsync(places["ACCOUNTS"], timeout.Token))
                .Select(line => line.Split(' ')).ToDictionary(parts => parts[1], parts => new Simulator(new Uri(places["SIMULATOR_URL"]), parts[2], parts[0]));
            Inbox = new Inbox(new Uri(places["INBOX_URL"]));
        }
        catch
        {
            await TakeDownAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var account in Accounts.Values)
        {
            account.Dispose();
        }

        Inbox?.Dispose();
        await TakeDownAsync();
    }

    /// <summary>Runs Helm on the cluster.</summary>
    internal async Task HelmAsync(params string[] arguments)
    {
        var helm = (await Command.RunAsync(Repository.PathOf("tests/demo/helm"), [])).Required("finding Helm").Trim();
        (await Command.RunAsync(helm, ["--kubeconfig", Kubectl.Kubeconfig, .. arguments])).Required($"helm {string.Join(' ', arguments)}");
    }

    /// <summary>Builds an image that the demo does without, and gives it to the cluster.</summary>
    internal async Task LoadImageAsync(string image)
    {
        (await Command.RunAsync(Repository.PathOf("tests/demo/images"), [image])).Required($"building the image {image}");
        (await Command.RunAsync(Repository.PathOf("tests/cluster/cluster"), ["load-image", Repository.PathOf($"artifacts/images/{image}.tar"), "--name", _name])).Required($"loading the image {image}");
    }

    /// <summary>This machine's address as pods see it.</summary>
    internal async Task<string> HostAddressAsync()
    {
        const string Variable = "export CLUSTER_HOST_ADDRESS=";
        var variables = (await Command.RunAsync(Repository.PathOf("tests/cluster/cluster"), ["env", "--name", _name])).Required("asking for the cluster's addresses");
        return variables.Split('\n').Single(line => line.StartsWith(Variable, StringComparison.Ordinal))[Variable.Length..];
    }

    /// <summary>The number in front of a word of the demo's last line.</summary>
    internal int Counted(string what) =>
        int.Parse(LastLine.Match(DemoOutput).Groups[what].Value, CultureInfo.InvariantCulture);

    /// <summary>The demo's last line, as its users and CI read it.</summary>
    [GeneratedRegex(@"^demo: (?<ready>\d+) ready, (?<sent>\d+) sent, (?<delivered>\d+) delivered, (?<lost>\d+) lost\n\z", RegexOptions.Multiline)]
    internal static partial Regex LastLine { get; }

    private async Task TakeDownAsync()
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(2), TimeProvider.System);
        (await Command.RunAsync(Repository.PathOf("tests/demo/demo"), ["--down", "--name", _name], cancellationToken: timeout.Token)).Required("taking the cluster down");
    }
}
