using System.Net;
using System.Text.Json.Nodes;
using k8s;
using k8s.Autorest;
using k8s.Models;
using MessengerOperator.Runtime.Client;

namespace MessengerOperator.Runtime.Finalizers;

/// <summary>Adds and removes one finalizer by JSON patch with a test, so that nobody else's finalizer is touched and nothing is written twice.</summary>
internal sealed class FinalizerWriter(ResourceClient client, WriteTracker writes, TimeProvider time)
{
    private const int Attempts = 5;
    private static readonly TimeSpan DetachTimeout = TimeSpan.FromSeconds(15);

    public static bool IsAttached(IKubernetesObject<V1ObjectMeta> entity, string finalizer) => entity.Metadata.Finalizers?.Contains(finalizer) == true;

    /// <summary>Attaches it unless it is there. Returns whether it wrote.</summary>
    public async Task<bool> AttachAsync<TEntity>(TEntity entity, string finalizer, CancellationToken cancellationToken)
        where TEntity : class, IKubernetesObject<V1ObjectMeta>
    {
        if (IsAttached(entity, finalizer))
        {
            return false;
        }

        // Replacing the resourceVersion by itself is the precondition (409 if it moved): a stale cache must not add it to an object that is already going.
        var finalizers = new JsonArray([.. (entity.Metadata.Finalizers ?? []).Append(finalizer).Select(name => (JsonNode)name)]);
        await PatchAsync(entity, [Operation("replace", "/metadata/resourceVersion", entity.Metadata.ResourceVersion), Operation("add", "/metadata/finalizers", finalizers)], cancellationToken);
        return true;
    }

    /// <summary>
    /// Detaches it. Runs under its own short timeout: cleanup was done, so a shutdown must not leave the object hanging. An object that is gone is success.
    /// </summary>
    public async Task DetachAsync<TEntity>(TEntity entity, string finalizer)
        where TEntity : class, IKubernetesObject<V1ObjectMeta>
    {
        using var timeout = new CancellationTokenSource(DetachTimeout, time);
        for (var attempt = 1; ; attempt++)
        {
            var index = entity.Metadata.Finalizers?.IndexOf(finalizer) ?? -1;
            if (index < 0)
            {
                return;
            }

            try
            {
                await PatchAsync(entity, [Operation("test", $"/metadata/finalizers/{index}", finalizer), Operation("remove", $"/metadata/finalizers/{index}", value: null)], timeout.Token);
                return;
            }
            catch (HttpOperationException exception) when (exception.StatusCode == HttpStatusCode.NotFound)
            {
                return;
            }
            catch (HttpOperationException exception) when (
                exception.StatusCode is HttpStatusCode.UnprocessableEntity or HttpStatusCode.Conflict or HttpStatusCode.BadRequest or HttpStatusCode.InternalServerError && attempt < Attempts)
            {
                // The list moved under us (the test failed): look again.
                var live = await client.GetAsync<TEntity>(entity.Metadata.NamespaceProperty, entity.Metadata.Name, timeout.Token);
                if (live is null || live.Metadata.Uid != entity.Metadata.Uid)
                {
                    return;
                }

                entity.Metadata = live.Metadata;
            }
        }
    }

    private static JsonObject Operation(string op, string path, JsonNode? value)
    {
        var operation = new JsonObject { ["op"] = op, ["path"] = path };
        if (value is not null)
        {
            operation["value"] = value;
        }

        return operation;
    }

    private async Task PatchAsync<TEntity>(TEntity entity, JsonArray patch, CancellationToken cancellationToken)
        where TEntity : class, IKubernetesObject<V1ObjectMeta>
    {
        var written = await client.PatchAsync<TEntity>(
            entity.Metadata.NamespaceProperty, entity.Metadata.Name, subresource: null, patch.ToJsonString(), ResourceClient.JsonPatch, string.Empty, cancellationToken);
        writes.Replaced(entity.Metadata, written.Metadata);
        entity.Metadata = written.Metadata;
    }
}
