using System.Net;
using k8s;
using k8s.Autorest;

namespace MessengerOperator.Reconciliation.MessengerIntegrations;

/// <summary>Asks about namespaces; used when an integration is deleted only.</summary>
internal sealed class NamespaceReader(IKubernetes client)
{
    /// <summary>Whether a namespace is going or gone; false when the operator may not look.</summary>
    public async Task<bool> IsTerminatingAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            var found = await client.CoreV1.ReadNamespaceAsync(name, cancellationToken: cancellationToken);
            return found.Metadata.DeletionTimestamp is not null;
        }
        catch (HttpOperationException exception) when (exception.Response.StatusCode == HttpStatusCode.NotFound)
        {
            return true;
        }
        catch (HttpOperationException exception) when (exception.Response.StatusCode == HttpStatusCode.Forbidden)
        {
            return false;
        }
    }
}
