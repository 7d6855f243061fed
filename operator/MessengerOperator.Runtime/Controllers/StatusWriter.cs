using System.Text.Json.Nodes;
using k8s;
using k8s.Autorest;
using k8s.Models;
using MessengerOperator.Runtime.Client;

namespace MessengerOperator.Runtime.Controllers;

/// <summary>Writes a status when it differs from what was read.</summary>
/// <remarks>
/// A JSON merge patch of the differing fields with a resourceVersion precondition. Against a full PUT: unknown fields of a newer version survive. Against
/// server-side apply: only the precondition proves that the status was worked out from the newest ledger, and a cache may lag behind. A 409 caused by
/// somebody's edit of spec or metadata is resolved here by checking that the status itself is still the one that was read.
/// </remarks>
internal sealed class StatusWriter(ResourceClient client, WriteTracker writes)
{
    private const int Attempts = 4;

    /// <summary>Returns whether it wrote. <paramref name="entity"/> has the new resourceVersion and the written status afterwards.</summary>
    /// <exception cref="HttpOperationException">409: the status was changed by somebody else; start the pass again from the newest state.</exception>
    public async Task<bool> WriteAsync<TEntity, TStatus>(TEntity entity, TStatus status, CancellationToken cancellationToken)
        where TEntity : class, IKubernetesObject<V1ObjectMeta>, IStatus<TStatus?>
        where TStatus : class
    {
        var before = EntityCopy.ToJson(entity.Status);
        var after = EntityCopy.ToJson(status);
        if (JsonMergePatch.Diff(before, after) is not { } difference)
        {
            return false;
        }

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await PatchAsync<TEntity, TStatus>(entity, difference, cancellationToken);
                entity.Status = status;
                return true;
            }
            catch (HttpOperationException exception) when (exception.IsConflict && attempt < Attempts)
            {
                var live = await client.GetAsync<TEntity>(entity.Metadata.NamespaceProperty, entity.Metadata.Name, cancellationToken);
                if (live is null || live.Metadata.Uid != entity.Metadata.Uid)
                {
                    throw;
                }

                var found = EntityCopy.ToJson(live.Status);
                if (JsonMergePatch.Diff(found, after) is null)
                {
                    Adopt(entity, live.Metadata);
                    entity.Status = status;
                    return false;
                }

                if (JsonMergePatch.Diff(found, before) is not null)
                {
                    throw;
                }

                Adopt(entity, live.Metadata);
            }
        }
    }

    private async Task PatchAsync<TEntity, TStatus>(TEntity entity, JsonObject difference, CancellationToken cancellationToken)
        where TEntity : class, IKubernetesObject<V1ObjectMeta>, IStatus<TStatus?>
        where TStatus : class
    {
        var patch = new JsonObject
        {
            ["metadata"] = new JsonObject { ["resourceVersion"] = entity.Metadata.ResourceVersion },
            ["status"] = difference.DeepClone(),
        };
        var written = await client.PatchAsync<TEntity>(
            entity.Metadata.NamespaceProperty, entity.Metadata.Name, "status", patch.ToJsonString(), ResourceClient.MergePatch, string.Empty, cancellationToken);
        Adopt(entity, written.Metadata);
    }

    private void Adopt<TEntity>(TEntity entity, V1ObjectMeta newer)
        where TEntity : class, IKubernetesObject<V1ObjectMeta>
    {
        writes.Replaced(entity.Metadata, newer);
        entity.Metadata.ResourceVersion = newer.ResourceVersion;
    }
}
