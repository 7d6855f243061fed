namespace MessengerOperator.EndToEndTests.Chart;

/// <summary>Renders the chart with Helm.</summary>
public sealed class ChartFixture : IAsyncLifetime
{
    internal const string Folder = "charts/messenger-operator";

    private string _helm = "";

    public async ValueTask InitializeAsync() =>
        _helm = (await Command.RunAsync(Repository.PathOf("tests/demo/helm"), [])).Required("finding Helm").Trim();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    internal Task<CommandResult> HelmAsync(params string[] arguments) =>
        Command.RunAsync(_helm, arguments, cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>The objects that the chart makes with these values, written as Helm's <c>--set</c> takes them.</summary>
    internal async Task<RenderedChart> RenderAsync(params string[] values) => await RenderWithAsync([], values);

    /// <summary>The same with further arguments for Helm, such as API versions.</summary>
    internal async Task<RenderedChart> RenderWithAsync(string[] arguments, params string[] values)
    {
        var result = await HelmAsync([.. Template(values), .. arguments]);
        return RenderedChart.Parse(result.Required("helm template"));
    }

    /// <summary>What Helm says when it refuses these values.</summary>
    internal async Task<string> RefusalAsync(params string[] values)
    {
        var result = await HelmAsync(Template(values));
        Assert.True(result.ExitCode != 0, $"Helm accepted {string.Join(' ', values)}");
        return result.Error;
    }

    private static string[] Template(string[] values) =>
        ["template", "mo", Repository.PathOf(Folder), "--namespace", "messenger-system", .. values.SelectMany(value => new[] { "--set", value })];
}
