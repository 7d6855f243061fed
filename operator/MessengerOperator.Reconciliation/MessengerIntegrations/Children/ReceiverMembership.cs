using System.Collections.Concurrent;
using k8s.Autorest;
using k8s.Models;
using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Meta;
using MessengerOperator.Providers.Webhooks;
using MessengerOperator.Reconciliation.MessengerIntegrations.Checks;
using MessengerOperator.Reconciliation.MessengerIntegrations.Secrets;
using MessengerOperator.Runtime.Apply;
using MessengerOperator.Runtime.Client;
using MessengerOperator.Runtime.Events;
using MessengerOperator.Runtime.Informers;
using Microsoft.Extensions.Options;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Children;

/// <summary>Who is in which receiver: members come and go without a change of the pods.</summary>
/// <remarks>
/// Each member applies its own part of the group's ConfigMap and Secret; whoever owns a part of the ConfigMap is in the group. The other objects are the same whichever member
/// applies them: they are made of the settings of the oldest, and owned by all. Within a group one at a time, since an object that two passes make from two views of the members would go to and fro.
/// </remarks>
internal sealed class ReceiverMembership(
    IResourceApplier applier,
    ReceiverChildren children,
    ReceiverClaim claim,
    SecretReader secrets,
    IntegrationReader reader,
    ILister<MessengerIntegration> integrations,
    ILister<V1ConfigMap> configMaps,
    EventPublisher publish,
    IOptions<IntegrationOptions> options,
    TimeProvider time)
{
    private readonly GroupLocks _locks = new();

    // What a cache of ConfigMaps may not show yet. Only this process changes it; after a restart it is as the cache says.
    private readonly ConcurrentDictionary<NamespacedName, Dictionary<string, V1OwnerReference>> _owners = new();

    /// <summary>Brings a member into its group, or up to date there, and the group with it.</summary>
    /// <exception cref="ForeignOwnerException">One of the names is taken by an object that is not ours.</exception>
    /// <exception cref="PathTakenException">Another member of the group has the path.</exception>
    /// <exception cref="ClaimRefusedException">The spool's volume claim cannot become what the oldest member asks for; the member's own part is done.</exception>
    public async Task<ServedMember> JoinAsync(ReceiverMember member, CancellationToken cancellationToken)
    {
        using var held = await _locks.EnterAsync(member.Group.Key, cancellationToken);
        var document = await DocumentAsync(member, cancellationToken);
        var live = await secrets.FindAsync(member.Group.Namespace, member.Group.Name, cancellationToken);
        var (intent, state) = ReceiverSecret.Build(member, live, document is null || document.AccountId == member.AccountId, time.ToTheSecond());

        // The secrets first: a route whose keys are not there yet is a complaint in the receiver's log.
        var part = Ownership.Part(member.Integration, member.Files.Member);
        await applier.ApplyAsync(intent, part, cancellationToken);
        var map = await applier.ApplyAsync(ReceiverConfigMap.Build(member), part, cancellationToken);
        var owners = OwnersOf(member.Group, map.Entity);
        owners[member.Integration.Metadata.Uid] = Reference(member.Integration);
        await RemoveStrangersAsync(member.Group, map.Entity, cancellationToken);

        var lead = LeadOf(member.Group) ?? member.Integration;
        var workload = new ReceiverWorkload(member.Group, lead.Spec.Receiver ?? new ReceiverSpec(), lead.Spec.Delivery.Spool, ReceiverImage.Of(MembersOf(member), options.Value), options.Value.ReceiverImagePullPolicy, ReceiverTraces.Of(options.Value));
        var deployment = await children.ApplyAsync(workload, [.. Living(member.Group, owners)], cancellationToken);
        return new(deployment.Entity, lead, state, deployment.Outcome == ApplyOutcome.Held);
    }

    /// <summary>The groups that still serve an integration although it is to be in another one.</summary>
    public IReadOnlyList<ReceiverGroup> FormerGroups(MessengerIntegration integration)
    {
        var group = ReceiverGroup.Of(integration);
        return [.. configMaps.ByIndex(ConfigMapIndexes.ByOwner, integration.Metadata.Uid)
            .Where(map => map.Metadata.Name != group.Name)
            .Select(ReceiverGroup.Of)
            .OfType<ReceiverGroup>()];
    }

    /// <summary>Takes an integration out of every receiver that serves it; the last one takes the receiver with it. To be called when its registrations are gone, or never were ours to remove.</summary>
    public async Task LeaveAllAsync(MessengerIntegration integration, CancellationToken cancellationToken)
    {
        foreach (var group in FormerGroups(integration).Prepend(ReceiverGroup.Of(integration)))
        {
            await LeaveAsync(integration, group, cancellationToken);
        }
    }

    /// <summary>Takes an integration out of one receiver.</summary>
    public async Task LeaveAsync(MessengerIntegration integration, ReceiverGroup group, CancellationToken cancellationToken)
    {
        using var held = await _locks.EnterAsync(group.Key, cancellationToken);
        var part = MemberFiles.Of(integration).Member;
        configMaps.TryGet(group.Key, out var map);
        var owners = OwnersOf(group, map);
        owners.Remove(integration.Metadata.Uid);
        if (await AnyExistsAsync(group, owners, cancellationToken))
        {
            // The others bring the common objects up to date: the ConfigMap wakes them.
            await WithdrawAsync(group, part, cancellationToken);
            return;
        }

        await children.DeleteAsync(group, cancellationToken);
        await EmptySecretAsync(integration, group, cancellationToken);
        await DeleteConfigMapAsync(group, cancellationToken);
        if (claim.Find(group) is not null)
        {
            publish(integration, MessengerIntegrationReasons.SpoolKept, Messages.SpoolKept(group.Name));
        }

        _owners.TryRemove(group.Key, out _);
    }

    // The one that joins now as this pass sees it, the others as the cache does.
    private IEnumerable<MessengerIntegration> MembersOf(ReceiverMember member) => integrations.ByIndex(IntegrationIndexes.ByReceiver, member.Group.IndexValue)
        .Where(other => other.Metadata.Uid != member.Integration.Metadata.Uid)
        .Append(member.Integration);

    /// <summary>The oldest integration of a group whose settings can be used: its settings are the receiver's. One that is going counts only when there is no other.</summary>
    private MessengerIntegration? LeadOf(ReceiverGroup group) => integrations.ByIndex(IntegrationIndexes.ByReceiver, group.IndexValue)
        .OrderBy(integration => integration.Metadata.DeletionTimestamp is not null)
        .ThenBy(integration => !HasUsableSettings(integration.Spec))
        .ThenBy(integration => integration.Metadata.CreationTimestamp ?? DateTime.MaxValue)
        .ThenBy(integration => integration.Metadata.Name, StringComparer.Ordinal)
        .FirstOrDefault();

    private static bool HasUsableSettings(MessengerIntegrationSpec spec) =>
        !ReceiverChecks.Of(spec.Receiver).Concat(DeliveryChecks.Of(spec.Delivery)).Concat(DeliveryChecks.Of(spec.Delivery.Spool, spec.Receiver)).Any();

    /// <summary>The member's route as it is, having made sure that the one it is to have is nobody else's; null when there is none.</summary>
    private async Task<ReceiverRoute?> DocumentAsync(ReceiverMember member, CancellationToken cancellationToken)
    {
        if (configMaps.TryGet(member.Group.Key, out var cached) && cached.Data?.TryGetValue(member.Files.Document, out var text) == true && text == ReceiverConfigMap.Document(member))
        {
            return OwnRoute(cached);
        }

        // It claims a path now, maybe, so what counts is what is there, not what a cache says.
        if (await reader.ConfigMapAsync(member.Group.Key, cancellationToken) is not { } live)
        {
            return null;
        }

        foreach (var (other, route) in ReceiverConfigMap.Routes(live).Where(other => other.Member != member.Files))
        {
            var canShare = route.Provider == member.Integration.Spec.Provider.ToString() && route.AccountId is not null && route.AccountId != member.AccountId;
            if (route.Path == member.Path && !canShare && route.PathTokenFiles is null && !member.PathCarriesToken && OwnRoute(live)?.Path != member.Path)
            {
                throw new PathTakenException(route.Integration, other.Member);
            }
        }

        return OwnRoute(live);

        ReceiverRoute? OwnRoute(V1ConfigMap map) => ReceiverConfigMap.Routes(map).FirstOrDefault(other => other.Member == member.Files).Route;
    }

    /// <summary>Takes out the parts of integrations that do not exist any more: somebody removed their finalizer, or the operator was not there.</summary>
    private async Task RemoveStrangersAsync(ReceiverGroup group, V1ConfigMap map, CancellationToken cancellationToken)
    {
        var members = integrations.ByIndex(IntegrationIndexes.ByReceiver, group.IndexValue).Select(MemberFiles.Of).ToHashSet();
        foreach (var (stranger, route) in ReceiverConfigMap.Routes(map).Where(other => !members.Contains(other.Member)).ToList())
        {
            var name = new NamespacedName(group.Namespace, route.Integration[(route.Integration.IndexOf('/', StringComparison.Ordinal) + 1)..]);

            // Another operator's shard, or one on its way to another group: both are its own affair.
            if (integrations.TryGet(name, out _) || await reader.UidAsync(name, cancellationToken) is not null)
            {
                continue;
            }

            try
            {
                await WithdrawAsync(group, stranger.Member, cancellationToken);
            }
            catch (HttpOperationException exception) when (exception.IsRefusal)
            {
                // It was told when the stranger went; it must not keep those that stay.
            }
        }
    }

    private async Task WithdrawAsync(ReceiverGroup group, string part, CancellationToken cancellationToken)
    {
        await applier.WithdrawAsync<V1Secret>(group.Key, part, cancellationToken);
        await applier.WithdrawAsync<V1ConfigMap>(group.Key, part, cancellationToken);
    }

    // The operator may not delete Secrets: the last member leaves an empty one, which goes with the integration itself. It keeps its labels, which a policy may require.
    private async Task EmptySecretAsync(MessengerIntegration integration, ReceiverGroup group, CancellationToken cancellationToken)
    {
        if (await secrets.FindAsync(group.Namespace, group.Name, cancellationToken) is null)
        {
            return;
        }

        try
        {
            var nothing = new V1Secret { Metadata = group.Metadata() };
            await applier.ApplyAsync(nothing, Ownership.Part(integration, MemberFiles.Of(integration).Member), cancellationToken);
        }
        catch (ForeignOwnerException)
        {
            // It only has the name.
        }
    }

    private async Task DeleteConfigMapAsync(ReceiverGroup group, CancellationToken cancellationToken)
    {
        try
        {
            await applier.DeleteAsync<V1ConfigMap>(group.Key, Ownership.Shared<MessengerIntegration>([]), cancellationToken);
        }
        catch (ForeignOwnerException)
        {
            // It only has the name.
        }
    }

    private Dictionary<string, V1OwnerReference> OwnersOf(ReceiverGroup group, V1ConfigMap? map) => _owners.GetOrAdd(
        group.Key,
        _ => (map?.Metadata.OwnerReferences ?? [])
            .Where(owner => owner.Kind == MessengerIntegration.KubeKind)
            .ToDictionary(owner => owner.Uid, StringComparer.Ordinal));

    private IEnumerable<V1OwnerReference> Living(ReceiverGroup group, Dictionary<string, V1OwnerReference> owners) => owners.Values.Where(owner =>
        integrations.TryGet(new NamespacedName(group.Namespace, owner.Name), out var integration) && integration.Metadata.Uid == owner.Uid);

    // Before everything is removed, also those count that only another operator's cache would show.
    private async Task<bool> AnyExistsAsync(ReceiverGroup group, Dictionary<string, V1OwnerReference> owners, CancellationToken cancellationToken)
    {
        if (Living(group, owners).Any())
        {
            return true;
        }

        foreach (var owner in owners.Values)
        {
            if (await reader.UidAsync(new NamespacedName(group.Namespace, owner.Name), cancellationToken) == owner.Uid)
            {
                return true;
            }
        }

        return false;
    }

    private static V1OwnerReference Reference(MessengerIntegration integration) => new()
    {
        ApiVersion = integration.ApiVersion,
        Kind = integration.Kind,
        Name = integration.Metadata.Name,
        Uid = integration.Metadata.Uid,
    };
}
