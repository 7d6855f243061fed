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
    private const string DryRun = "&dryRun=All";
    private const string HandOver = "handover";

    public Task<ApplyResult<T>> ApplyAsync<T>(T intent, IKubernetesObject<V1ObjectMeta> owner, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        ArgumentNullException.ThrowIfNull(intent);
        ArgumentNullException.ThrowIfNull(owner);
        return ApplyAsync(intent, new NamespacedName(intent.Metadata.NamespaceProperty ?? owner.Metadata.NamespaceProperty, intent.Metadata.Name), Ownership.Controlled(owner), guard: null, cancellationToken);
    }

    public Task<ApplyResult<T>> ApplyAsync<T>(T intent, Ownership ownership, CancellationToken cancellationToken, ChangeGuard<T>? guard = null)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        ArgumentNullException.ThrowIfNull(intent);
        ArgumentNullException.ThrowIfNull(ownership);
        return ApplyAsync(intent, new NamespacedName(intent.Metadata.NamespaceProperty, intent.Metadata.Name), ownership, guard, cancellationToken);
    }

    public async Task HandOverAsync<T>(T live, T fields, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        ArgumentNullException.ThrowIfNull(live);
        ArgumentNullException.ThrowIfNull(fields);
        var key = new NamespacedName(fields.Metadata.NamespaceProperty, fields.Metadata.Name);
        var wanted = Nothing<T>(key);
        foreach (var (name, value) in EntityCopy.ToJson(fields)!.Where(field => field.Key is not ("apiVersion" or "kind" or "metadata" or "status")))
        {
            wanted[name] = value?.DeepClone();
        }

        await WriteAsync(wanted, live, key, ManagerOf(HandOver), cancellationToken);
        ApplyLog.HandedOver(logger, ResourceType.Of<T>().Kind, key);
    }

    public async Task<bool> WithdrawAsync<T>(NamespacedName key, string part, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        var manager = ManagerOf(Ownership.IdOf(part));
        for (var attempt = 1; ; attempt++)
        {
            // Not from the cache, which has no managedFields: they tell whether there is anything to take back.
            if (await client.GetAsync<T>(key.Namespace, key.Name, cancellationToken) is not { } live
                || live.Metadata.ManagedFields?.Any(entry => entry.Manager == manager) != true)
            {
                return false;
            }

            try
            {
                await WriteAsync<T>(Nothing<T>(key), live, key, manager, cancellationToken);
                ApplyLog.Withdrawn(logger, ResourceType.Of<T>().Kind, key, part);
                return true;
            }
            catch (HttpOperationException exception) when (exception.IsConflict && attempt < Attempts)
            {
                // Somebody wrote meanwhile; look again.
            }
        }
    }

    public Task<bool> DeleteAsync<T>(string name, IKubernetesObject<V1ObjectMeta> owner, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        ArgumentNullException.ThrowIfNull(owner);
        return DeleteAsync<T>(new NamespacedName(owner.Metadata.NamespaceProperty, name), Ownership.Controlled(owner), cancellationToken);
    }

    public async Task<bool> DeleteAsync<T>(NamespacedName key, Ownership ownership, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        ArgumentNullException.ThrowIfNull(ownership);
        if (services.GetService<Informer<T>>() is { HasSynced: true } informer && !informer.TryGet(key, out _))
        {
            return false;
        }

        if (await client.GetAsync<T>(key.Namespace, key.Name, cancellationToken) is not { } live)
        {
            return false;
        }

        RefuseForeign(live, ownership);
        var preconditions = new JsonObject { ["preconditions"] = new JsonObject { ["uid"] = live.Metadata.Uid }, ["propagationPolicy"] = "Background" };
        try
        {
            await client.DeleteAsync<T>(key.Namespace, key.Name, preconditions.ToJsonString(), cancellationToken);
            ApplyLog.Deleted(logger, ResourceType.Of<T>().Kind, key);
            return true;
        }
        catch (HttpOperationException exception) when (exception.StatusCode == HttpStatusCode.NotFound)
        {
            return false;
        }
    }

    private async Task<ApplyResult<T>> ApplyAsync<T>(T intent, NamespacedName key, Ownership ownership, ChangeGuard<T>? guard, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        var wanted = Complete(intent, ownership, key);
        if (Cached<T>(key) is { } cached && ownership.Covers(cached) && IsSatisfied(wanted, cached, ownership))
        {
            return new(cached, ApplyOutcome.Unchanged);
        }

        for (var attempt = 1; ; attempt++)
        {
            var live = await client.GetAsync<T>(key.Namespace, key.Name, cancellationToken);
            if (live is not null)
            {
                RefuseForeign(live, ownership);
                if (IsSatisfied(wanted, live, ownership))
                {
                    return new(live, ApplyOutcome.Unchanged);
                }
            }

            try
            {
                if (live is not null && guard is not null
                    && !await guard(live, await WriteAsync(wanted, live, key, ManagerOf(ownership.PartId), cancellationToken, DryRun), cancellationToken))
                {
                    ApplyLog.Held(logger, wanted["kind"]!.GetValue<string>(), key);
                    return new(live, ApplyOutcome.Held);
                }

                var outcome = live is null ? ApplyOutcome.Created : HashOf(live, ownership) == HashOf(wanted, ownership) ? ApplyOutcome.Repaired : ApplyOutcome.Configured;
                var applied = await WriteAsync(wanted, live, key, ManagerOf(ownership.PartId), cancellationToken);
                if (IsWholeBefore(applied, ownership))
                {
                    // The object was one owner's before it came to be shared: what of it is nobody's part goes.
                    applied = await WriteAsync(Nothing<T>(key), applied, key, options.Value.Name, cancellationToken);
                }

                ApplyLog.Applied(logger, wanted["kind"]!.GetValue<string>(), key, outcome);
                return new(applied, outcome);
            }
            catch (HttpOperationException exception) when (exception.IsConflict && attempt < Attempts)
            {
                // Its controller wrote a status meanwhile; look again.
            }
        }
    }

    private static void RefuseForeign(IKubernetesObject<V1ObjectMeta> live, Ownership ownership)
    {
        if (!ownership.Covers(live))
        {
            var holder = live.Metadata.OwnerReferences?.FirstOrDefault(reference => reference.Controller == true);
            throw new ForeignOwnerException(live.Kind, live.Metadata.Name, holder is null ? null : $"{holder.Kind}/{holder.Name}");
        }
    }

    private T? Cached<T>(NamespacedName key)
        where T : class, IKubernetesObject<V1ObjectMeta> => services.GetService<Informer<T>>() is { } informer && informer.TryGet(key, out var entity) ? entity : null;

    private bool IsSatisfied(JsonObject wanted, IKubernetesObject<V1ObjectMeta> live, Ownership ownership) =>
        HashOf(live, ownership) == HashOf(wanted, ownership) && ownership.HasOwners(live) && !IsWholeBefore(live, ownership) && IntentComparer.IsSatisfied(wanted, EntityCopy.ToJson(live));

    /// <summary>Whether the whole object was applied once, and now it has parts.</summary>
    private bool IsWholeBefore(IKubernetesObject<V1ObjectMeta> live, Ownership ownership) =>
        ownership.PartId is not null && live.Metadata.Annotations?.ContainsKey(options.Value.AppliedIntentAnnotation) == true;

    private JsonObject Complete<T>(T intent, Ownership ownership, NamespacedName key)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        var wanted = EntityCopy.ToJson(intent)!;
        var type = ResourceType.Of<T>();
        wanted["apiVersion"] = type.ApiVersion;
        wanted["kind"] = type.Kind;
        wanted.Remove("status");
        IntentDefaults.Fill(wanted);
        var metadata = wanted["metadata"]!.AsObject();
        metadata["namespace"] = key.Namespace;
        var owners = new JsonArray([.. ownership.References.Select(EntityCopy.ToJson)]);
        if (!ownership.IsShared)
        {
            metadata["ownerReferences"] = owners;
        }

        // Not with the owners of what is shared: the API server counts a change of an annotation as a new generation of a Deployment, and there is nothing new when an owner comes or goes.
        var hash = IntentHash.Of(wanted);
        if (owners.Count > 0)
        {
            metadata["ownerReferences"] ??= owners;
        }

        if (metadata["annotations"] is not JsonObject annotations)
        {
            metadata["annotations"] = annotations = [];
        }

        annotations[AnnotationOf(ownership)] = hash;
        return wanted;
    }

    /// <summary>An intent that asks for nothing, so that all that its manager had is given up.</summary>
    private static JsonObject Nothing<T>(NamespacedName key) => new()
    {
        ["apiVersion"] = ResourceType.Of<T>().ApiVersion,
        ["kind"] = ResourceType.Of<T>().Kind,
        ["metadata"] = new JsonObject { ["name"] = key.Name, ["namespace"] = key.Namespace },
    };

    private string AnnotationOf(Ownership ownership) =>
        ownership.PartId is { } part ? $"{options.Value.AppliedIntentAnnotation}.{part}" : options.Value.AppliedIntentAnnotation;

    private string ManagerOf(string? part) => part is null ? options.Value.Name : $"{options.Value.Name}/{part}";

    private string? HashOf(JsonObject wanted, Ownership ownership) => wanted["metadata"]!["annotations"]![AnnotationOf(ownership)]!.GetValue<string>();

    private string? HashOf(IKubernetesObject<V1ObjectMeta> live, Ownership ownership) =>
        live.Metadata.Annotations is { } annotations && annotations.TryGetValue(AnnotationOf(ownership), out var hash) ? hash : null;

    private Task<T> WriteAsync<T>(JsonObject wanted, T? live, NamespacedName key, string manager, CancellationToken cancellationToken, string how = "")
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        var body = wanted.DeepClone().AsObject();
        if (live is not null)
        {
            body["metadata"]!["resourceVersion"] = live.Metadata.ResourceVersion;
        }

        return client.PatchAsync<T>(
            key.Namespace, key.Name, subresource: null, body.ToJsonString(), ResourceClient.ApplyPatch, $"?fieldManager={Uri.EscapeDataString(manager)}&force=true{how}", cancellationToken);
    }
}
