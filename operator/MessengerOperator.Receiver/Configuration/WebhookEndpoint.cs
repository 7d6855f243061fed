using MessengerOperator.Providers;
using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Receiver.Configuration;

/// <summary>An address, and the integrations behind it: one, or several accounts of one provider.</summary>
internal sealed class WebhookEndpoint
{
    /// <summary>Takes routes of one provider and one address.</summary>
    public WebhookEndpoint(IProvider provider, RouteAddress address, IReadOnlyList<ServedRoute> routes)
    {
        Provider = provider;
        Address = address;
        Routes = routes;
        Allow = string.Join(", ", provider.Webhook.Methods);
        var ready = routes.Where(route => route.IsReady).ToList();
        KeyGroups = GroupBy(ready, route => route.RequestKeys);
        HandshakeGroups = GroupBy(ready, route => route.Keys);
    }

    /// <summary>The provider.</summary>
    public IProvider Provider { get; }

    /// <summary>Where it is called.</summary>
    public RouteAddress Address { get; }

    /// <summary>The whole path. May hold a token.</summary>
    public string Path => Address.Path;

    /// <summary>All integrations here, ready or not.</summary>
    public IReadOnlyList<ServedRoute> Routes { get; }

    /// <summary>The ready ones, those whose requests are verified with equal keys together, so that each set of keys is tried once: the two hundred pages of one app cost one signature.</summary>
    public IReadOnlyList<KeyGroup> KeyGroups { get; }

    /// <summary>The ready ones, those with equal keys altogether, those for the provider's check of the URL included.</summary>
    public IReadOnlyList<KeyGroup> HandshakeGroups { get; }

    /// <summary>The <c>Allow</c> header of a 405.</summary>
    public string Allow { get; }

    private static List<KeyGroup> GroupBy(IEnumerable<ServedRoute> routes, Func<ServedRoute, WebhookKeys> keysOf)
    {
        var groups = new List<(WebhookKeys Keys, List<ServedRoute> Routes)>();
        foreach (var route in routes)
        {
            var keys = keysOf(route);
            var index = groups.FindIndex(group => group.Keys.HasSameValues(keys));
            if (index < 0)
            {
                groups.Add((keys, [route]));
            }
            else
            {
                groups[index].Routes.Add(route);
            }
        }

        return [.. groups.Select(group => new KeyGroup(group.Keys, group.Routes))];
    }
}
