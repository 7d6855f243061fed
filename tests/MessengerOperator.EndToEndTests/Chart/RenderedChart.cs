using System.Text.RegularExpressions;
using k8s;
using k8s.Models;

namespace MessengerOperator.EndToEndTests.Chart;

/// <summary>The objects of one <c>helm template</c>; kinds that Kubernetes itself does not have are kept as text.</summary>
internal sealed partial class RenderedChart
{
    private readonly List<IKubernetesObject<V1ObjectMeta>> _objects = [];
    private readonly Dictionary<string, string> _texts = [];

    /// <summary>apiVersion/Kind of every object.</summary>
    public IEnumerable<string> Kinds => _texts.Keys.Select(key => key[..key.LastIndexOf(' ')]).Distinct();

    /// <summary>All objects of a type.</summary>
    public IReadOnlyList<T> All<T>() => [.. _objects.OfType<T>()];

    /// <summary>The only object of a type.</summary>
    public T Single<T>() => Assert.Single(All<T>());

    /// <summary>The text of the only object of a kind.</summary>
    public string Text(string kind) => Assert.Single(_texts, entry => entry.Key.StartsWith(kind + " ", StringComparison.Ordinal)).Value;

    public static RenderedChart Parse(string output)
    {
        var chart = new RenderedChart();
        foreach (var document in Separator.Split(output).Where(text => text.Contains("kind:", StringComparison.Ordinal)))
        {
            var kind = $"{Field(document, "apiVersion")}/{Field(document, "kind")}";
            chart._texts.Add($"{kind} {chart._texts.Count}", document);
            try
            {
                chart._objects.AddRange(KubernetesYaml.LoadAllFromString(document).OfType<IKubernetesObject<V1ObjectMeta>>());
            }
            catch (KeyNotFoundException)
            {
                // A kind that another project defines.
            }
        }

        return chart;
    }

    private static string Field(string document, string name) =>
        Regex.Match(document, $"^{name}: (?<value>\\S+)", RegexOptions.Multiline | RegexOptions.CultureInvariant).Groups["value"].Value;

    [GeneratedRegex("^---\\s*$", RegexOptions.Multiline)]
    private static partial Regex Separator { get; }
}
