using System.Text.Json.Serialization;
using k8s.Models;
using MessengerOperator.Api.Serialization;
using MessengerOperator.Meta.Entities;

namespace MessengerOperator.Api.MessengerIntegrations;

/// <summary>Where accepted events wait until the sink has taken them.</summary>
[ValidationRule("!has(self.storageClassName) || (has(self.storage) && self.storage == 'PersistentVolumeClaim')", SpecMessages.StorageClassBelongsToClaim)]
public sealed record SpoolSpec
{
    /// <summary>
    /// EmptyDir: on the node, kept through restarts of the container; what the sink has not taken when the pod goes is lost. PersistentVolumeClaim: kept
    /// when the pod moves. None: an event is acknowledged only when the sink has taken it, so the provider has to wait for the sink and to repeat.
    /// </summary>
    [JsonConverter(typeof(EnumTextConverter<SpoolStorage>))]
    [DefaultValue(SpoolStorage.EmptyDir)]
    public SpoolStorage Storage { get; init; } = SpoolStorage.EmptyDir;

    /// <summary>Size of the volume, at least 16Mi; about two thirds of it are used for events. When they are full the provider is asked to retry. A claim may grow and never shrinks. Without meaning for None.</summary>
    [DefaultValue("256Mi")]
    [Pattern("^[0-9]+([.][0-9]+)?(k|M|G|T|Ki|Mi|Gi|Ti)?$")]
    public ResourceQuantity SizeLimit { get; init; } = new("256Mi");

    /// <summary>Storage class of the claim, which it keeps; only with PersistentVolumeClaim. Without it the cluster's default.</summary>
    [Length(1, 253)]
    public string? StorageClassName { get; init; }
}
