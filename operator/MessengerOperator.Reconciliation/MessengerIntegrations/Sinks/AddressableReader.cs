using System.Text.Json;
using k8s;
using MessengerOperator.Api.MessengerIntegrations;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Sinks;

/// <summary>Reads <c>status.address.url</c> of an object of any kind, as Knative's addressables have it.</summary>
internal sealed class AddressableReader(IKubernetes client)
{
    /// <summary>The address, or null when the object or its kind tells none.</summary>
    /// <exception cref="k8s.Autorest.HttpOperationException">The API server does not have the object (404) or refuses it (403).</exception>
    public async Task<Uri?> UrlAsync(SinkReference reference, string ns, CancellationToken cancellationToken)
    {
        if (reference.ApiVersion.Split('/') is not [var group, var version])
        {
            return null;
        }

        var resources = await client.CustomObjects.GetAPIResourcesAsync(group, version, cancellationToken: cancellationToken);
        var plural = resources.Resources
            .FirstOrDefault(resource => resource.Kind == reference.Kind && !resource.Name.Contains('/', StringComparison.Ordinal))?.Name;
        if (plural is null)
        {
            return null;
        }

        var found = await client.CustomObjects.GetNamespacedCustomObjectAsync<JsonElement>(
            group, version, ns, plural, reference.Name, cancellationToken: cancellationToken);
        return found.TryGetProperty("status", out var status)
            && status.TryGetProperty("address", out var address)
            && address.TryGetProperty("url", out var url)
            && Uri.TryCreate(url.GetString(), UriKind.Absolute, out var uri)
            && uri.Scheme is "http" or "https"
                ? uri
                : null;
    }
}
