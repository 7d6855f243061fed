using MessengerOperator.Providers;

namespace MessengerOperator.Receiver.Configuration;

/// <summary>A path, and the integrations behind it: one, or several accounts of one provider.</summary>
internal sealed class WebhookEndpoint
{
    /// <summary>Takes routes of one provider and one path.</summary>
    public WebhookEndpoint(IProvider provider, string path, IReadOnlyList<ServedRoute> routes)
    {
        Provider = provider;
        Path = path;
        Routes = routes;
        Allow = string.Join(", ", provider.Webhook.Methods);
        KeyGroups = GroupByKeys(routes.Where(route => route.IsReady));
    }

    /// <summary>The provider.</summary>
    public IProvider Provider { get; }

    /// <summary>The path, as configured.</summary>
    public string Path { get; }

    /// <summary>All integrations here, ready or not.</summary>
    public IReadOnlyList<ServedRoute> Routes { get; }

    /// <summary>The ready ones, those with equal keys together, so that each set of keys is tried once.</summary>
    public IReadOnlyList<KeyGroup> KeyGroups { get; }

    /// <summary>The <c>Allow</c> header of a 405.</summary>
    public string Allow { get; }

    private static List<KeyGroup> GroupByKeys(IEnumerable<ServedRoute> routes)
    {
        var groups = new List<KeyGroup>();
        foreach (var route in routes)
        {
            var index = groups.FindIndex(group => group.Keys.HasSameValues(route.Keys));
            if (index < 0)
            {
                groups.Add(new(route.Keys, [route]));
            }
            else
            {
                groups[index] = new(route.Keys, [.. groups[index].Routes, route]);
            }
        }

        return groups;
    }
}
