using System.Text.RegularExpressions;

namespace MessengerOperator.EndToEndTests.Cluster;

/// <summary>The metrics that the chart's alert rules and dashboard name.</summary>
internal static partial class MetricNames
{
    public static async Task<IReadOnlySet<string>> InTheChartAsync()
    {
        var names = new HashSet<string>();
        foreach (var file in new[] { "templates/prometheusrule.yaml", "files/dashboard.json" })
        {
            var text = await File.ReadAllTextAsync(Repository.PathOf($"charts/messenger-operator/{file}"), TestContext.Current.CancellationToken);
            names.UnionWith(Metric.Matches(text).Select(match => match.Value));
        }

        return names;
    }

    [GeneratedRegex(@"\b(messenger_operator|messenger_receiver|controller_runtime|workqueue|informer)_[a-z_]+")]
    private static partial Regex Metric { get; }
}
