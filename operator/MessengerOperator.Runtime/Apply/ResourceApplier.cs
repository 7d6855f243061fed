using System.Net;
using System.Text.Json.Nodes;
using k8s;
using k8s.Autorest;
using k8s.Models;
using MessengerOperator.Meta;
using MessengerOperator.Runtime.Client;
using MessengerOperator.Runtime.Informers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MessengerOperator.Runtime.Apply;

/// <inheritdoc cref="IResourceApplier"/>
/// <remarks>
/// Reads the cache first: an unchanged child costs no request. Otherwise it reads the live object, makes sure that it is ours, and applies with that
/// object's resourceVersion, so that nothing is taken over between the look and the write. Only a creation has a window (milliseconds between a 404 and the
/// write), and even there the API server refuses a second controlling owner.
/// </remarks>
internal sealed class ResourceApplier(ResourceClient client, IServiceProvider services, IOptions<OperatorOptions> options, ILogger<ResourceApplier> logger) : IResourceApplier
{
    private const int Attempts = 4;

    public async Task<ApplyResult<T>> ApplyAsync<T>(T intent, IKubernetesObject<V1ObjectMeta> owner, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        ArgumentNullException.ThrowIfNull(intent);
        ArgumentNullException.ThrowIfNull(owner);
        var key = new NamespacedName(intent.Metadata.NamespaceProperty ?? owner.Metadata.NamespaceProperty, intent.Metadata.Name);
        var wanted = Complete(intent, owner, key);
        if (Cached<T>(key) is { } cached && IsOwnedBy(cached, owner) && IsSatisfied(wanted, cached))
        {
            return new(cached, ApplyOutcome.Unchanged);
        }

        for (var attempt = 1; ; attempt++)
        {
            var live = await client.GetAsync<T>(key.Namespace, key.Name, cancellationToken);
            if (live is not null)
            {
                RefuseForeign(live, owner);
                if (IsSatisfied(wanted, live))
                {
                    return new(live, ApplyOutcome.Unchanged);
                }
            }

            try
            {
                var outcome = live is null ? ApplyOutcome.Created : HashOf(live) == HashOf(wanted) ? ApplyOutcome.Repaired : ApplyOutcome.Configured;
                var applied = await WriteAsync<T>(wanted, live, key, cancellationToken);
                ApplyLog.Applied(logger, wanted["kind"]!.GetValue<string>(), key, outcome);
                return new(applied, outcome);
            }
            catch (HttpOperationException exception) when (exception.IsConflict && attempt < Attempts)
            {
                // Its controller wrote a status meanwhile; look again.
            }
        }
    }

    public async Task<bool> DeleteAsync<T>(string name, IKubernetesObject<V1ObjectMeta> owner, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        ArgumentNullException.ThrowIfNull(owner);
        var key = new NamespacedName(owner.Metadata.NamespaceProperty, name);
        if (services.GetService<Informer<T>>() is { HasSynced: true } informer && !informer.TryGet(key, out _))
        {
            return false;
        }

        if (await client.GetAsync<T>(key.Namespace, name, cancellationToken) is not { } live)
        {
            return false;
        }

        RefuseForeign(live, owner);
        var preconditions = new JsonObject { ["preconditions"] = new JsonObject { ["uid"] = live.Metadata.Uid }, ["propagationPolicy"] = "Background" };
        try
        {
            await client.DeleteAsync<T>(key.Namespace, name, preconditions.ToJsonString(), cancellationToken);
            ApplyLog.Deleted(logger, ResourceType.Of<T>().Kind, key);
            return true;
        }
        catch (HttpOperationException exception) when (exception.StatusCode == HttpStatusCode.NotFound)
        {
            return false;
        }
    }

    private static bool IsOwnedBy(IKubernetesObject<V1ObjectMeta> child, IKubernetesObject<V1ObjectMeta> owner) =>
        child.Metadata.OwnerReferences?.Any(reference => reference.Controller == true && reference.Uid == owner.Metadata.Uid) == true;

    private static void RefuseForeign(IKubernetesObject<V1ObjectMeta> live, IKubernetesObject<V1ObjectMeta> owner)
    {
        if (!IsOwnedBy(live, owner))
        {
            var holder = live.Metadata.OwnerReferences?.FirstOrDefault(reference => reference.Controller == true);
            throw new ForeignOwnerException(live.Kind, live.Metadata.Name, holder is null ? null : $"{holder.Kind}/{holder.Name}");
        }
    }

    private T? Cached<T>(NamespacedName key)
        where T : class, IKubernetesObject<V1ObjectMeta> => services.GetService<Informer<T>>() is { } informer && informer.TryGet(key, out var entity) ? entity : null;

    private bool IsSatisfied(JsonObject wanted, object live) => IntentComparer.IsSatisfied(wanted, EntityCopy.ToJson(live)) && live is IKubernetesObject<V1ObjectMeta> entity && HashOf(entity) == HashOf(wanted);

    private JsonObject Complete<T>(T intent, IKubernetesObject<V1ObjectMeta> owner, NamespacedName key)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        var type = ResourceType.Of<T>();
        var wanted = EntityCopy.ToJson(intent)!;
        wanted["apiVersion"] = type.ApiVersion;
        wanted["kind"] = type.Kind;
        wanted.Remove("status");
        IntentDefaults.Fill(wanted);
        var metadata = wanted["metadata"]!.AsObject();
        metadata["namespace"] = key.Namespace;
        metadata["ownerReferences"] = new JsonArray(new JsonObject
        {
            ["apiVersion"] = owner.ApiVersion,
            ["kind"] = owner.Kind,
            ["name"] = owner.Metadata.Name,
            ["uid"] = owner.Metadata.Uid,
            ["controller"] = true,
            ["blockOwnerDeletion"] = true,
        });
        var hash = IntentHash.Of(wanted);
        if (metadata["annotations"] is not JsonObject annotations)
        {
            metadata["annotations"] = annotations = [];
        }

        annotations[options.Value.AppliedIntentAnnotation] = hash;
        return wanted;
    }

    private string? HashOf(JsonObject wanted) => wanted["metadata"]!["annotations"]![options.Value.AppliedIntentAnnotation]!.GetValue<string>();

    private string? HashOf(IKubernetesObject<V1ObjectMeta> live) =>
        live.Metadata.Annotations is { } annotations && annotations.TryGetValue(options.Value.AppliedIntentAnnotation, out var hash) ? hash : null;

    private Task<T> WriteAsync<T>(JsonObject wanted, T? live, NamespacedName key, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        var body = wanted.DeepClone().AsObject();
        if (live is not null)
        {
            body["metadata"]!["resourceVersion"] = live.Metadata.ResourceVersion;
        }

        return client.PatchAsync<T>(
            key.Namespace, key.Name, subresource: null, body.ToJsonString(), ResourceClient.ApplyPatch,
            $"?fieldManager={Uri.EscapeDataString(options.Value.Name)}&force=true", cancellationToken);
    }
}
