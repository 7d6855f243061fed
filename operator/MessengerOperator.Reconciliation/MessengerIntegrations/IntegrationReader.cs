using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Models;
using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Meta;

namespace MessengerOperator.Reconciliation.MessengerIntegrations;

/// <summary>Asks the API server where a cache that lags behind, or does not see everything, would not do.</summary>
internal sealed class IntegrationReader(IKubernetes client)
{
    /// <summary>The uid of the integration of that name, be it in this operator's shard or in another; null when there is none.</summary>
    public async Task<string?> UidAsync(NamespacedName key, CancellationToken cancellationToken)
    {
        var found = await OrNull(client.CustomObjects.GetNamespacedCustomObjectAsync<MessengerIntegration>(
            MessengerIntegration.KubeGroup, MessengerIntegration.KubeApiVersion, key.Namespace, MessengerIntegration.KubePlural, key.Name, cancellationToken: cancellationToken));
        return found?.Metadata.Uid;
    }

    /// <summary>A ConfigMap; null when there is none.</summary>
    public Task<V1ConfigMap?> ConfigMapAsync(NamespacedName key, CancellationToken cancellationToken) =>
        OrNull(client.CoreV1.ReadNamespacedConfigMapAsync(key.Name, key.Namespace, cancellationToken: cancellationToken));

    private static async Task<T?> OrNull<T>(Task<T> reading)
        where T : class
    {
        try
        {
            return await reading;
        }
        catch (HttpOperationException exception) when (exception.Response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }
}
