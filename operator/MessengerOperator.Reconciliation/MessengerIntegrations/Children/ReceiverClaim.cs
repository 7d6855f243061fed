using System.Net;
using k8s.Autorest;
using k8s.Models;
using MessengerOperator.Runtime.Apply;
using MessengerOperator.Runtime.Informers;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Children;

/// <summary>The volume claim of a spool that outlives its pod. Nobody owns it: customers' messages that were not delivered are in it, so only a person removes it.</summary>
internal sealed class ReceiverClaim(IResourceApplier applier, ILister<V1PersistentVolumeClaim> claims)
{
    /// <summary>Makes the claim, or lets it grow.</summary>
    /// <exception cref="ClaimRefusedException">It cannot become what the spec asks for.</exception>
    /// <exception cref="ForeignOwnerException">The name is taken by a claim that is not ours.</exception>
    public async Task ApplyAsync(ReceiverWorkload workload, CancellationToken cancellationToken)
    {
        var live = Find(workload.Group);
        if (live is not null)
        {
            RefuseImpossible(workload, live);
        }

        try
        {
            await applier.ApplyAsync(Build(workload, live), Ownership.Kept(workload.Group.Labels), cancellationToken);
        }
        catch (HttpOperationException exception) when (exception.Response.StatusCode is HttpStatusCode.UnprocessableEntity or HttpStatusCode.Forbidden)
        {
            throw new ClaimRefusedException(live is null ? Messages.ClaimNotAdmitted(workload.Group.Name) : Messages.ClaimCannotChange(workload.Group.Name));
        }
    }

    /// <summary>The claim of a group; null when there is none.</summary>
    public V1PersistentVolumeClaim? Find(ReceiverGroup group) => claims.TryGet(group.Key, out var claim) ? claim : null;

    private static void RefuseImpossible(ReceiverWorkload workload, V1PersistentVolumeClaim live)
    {
        if (SizeOf(live) is { } size && workload.Spool.SizeLimit.ToInt64() is var wantedSize && wantedSize != size.ToInt64())
        {
            if (wantedSize < size.ToInt64())
            {
                throw new ClaimRefusedException(Messages.ClaimCannotShrink(workload.Group.Name));
            }

            if (live.Status?.Phase != "Bound")
            {
                throw new ClaimRefusedException(Messages.ClaimCannotChange(workload.Group.Name));
            }
        }

        if (workload.Spool.StorageClassName is { } wanted && live.Spec.StorageClassName is { } given && wanted != given)
        {
            throw new ClaimRefusedException(Messages.ClaimKeepsItsClass(workload.Group.Name));
        }
    }

    private static V1PersistentVolumeClaim Build(ReceiverWorkload workload, V1PersistentVolumeClaim? live) => new()
    {
        ApiVersion = "v1",
        Kind = "PersistentVolumeClaim",
        Metadata = workload.Group.Metadata(),
        Spec = new V1PersistentVolumeClaimSpec
        {
            AccessModes = ["ReadWriteOnce"],

            // What was chosen when it was made can't be taken back, be it the spec's or the cluster's default.
            StorageClassName = workload.Spool.StorageClassName ?? live?.Spec.StorageClassName,
            Resources = new V1VolumeResourceRequirements { Requests = new Dictionary<string, ResourceQuantity> { ["storage"] = workload.Spool.SizeLimit } },
        },
    };

    private static ResourceQuantity? SizeOf(V1PersistentVolumeClaim claim) => claim.Spec.Resources?.Requests?.TryGetValue("storage", out var size) == true ? size : null;
}
