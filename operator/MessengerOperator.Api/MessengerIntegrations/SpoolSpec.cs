using System.Text.Json.Serialization;
using k8s.Models;
using MessengerOperator.Api.Serialization;
using MessengerOperator.Meta.Entities;

namespace MessengerOperator.Api.MessengerIntegrations;

/// <summary>Where accepted events wait until the sink has taken them.</summary>
[ValidationRule("!has(self.storageClassName) || (has(self.storage) && self.storage == 'PersistentVolumeClaim')", SpecMessages.StorageClassBelongsToClaim)]
public sealed record SpoolSpec
{
    /// <summary>EmptyDir: on the node, kept through restarts of the container but lost with the pod. PersistentVolumeClaim: kept when the pod moves.</summary>
    [JsonConverter(typeof(EnumTextConverter<SpoolStorage>))]
    [DefaultValue(SpoolStorage.EmptyDir)]
    public SpoolStorage Storage { get; init; } = SpoolStorage.EmptyDir;

    /// <summary>Size of the spool. When it is full the provider is asked to retry.</summary>
    [DefaultValue("256Mi")]
    [Pattern("^[0-9]+([.][0-9]+)?(k|M|G|T|Ki|Mi|Gi|Ti)?$")]
    public ResourceQuantity SizeLimit { get; init; } = new("256Mi");

    /// <summary>Storage class of the claim; only with PersistentVolumeClaim.</summary>
    [Length(1, 253)]
    public string? StorageClassName { get; init; }
}
