using System.Security.Cryptography;
using System.Text;
using k8s;
using k8s.Models;
using MessengerOperator.Runtime.Client;

namespace MessengerOperator.Runtime.Apply;

/// <summary>Who an applied object belongs to, and by that whether an object that is already there may be touched.</summary>
/// <remarks>
/// An object has one controller, or several owners that are equal: then it lives until the last of them is gone (garbage collection takes an object
/// whose owners are all absent). A shared object is ours when any owner of that kind holds it. An object that is kept has no owner and outlives everybody; it is ours by its labels.
/// </remarks>
public sealed class Ownership
{
    private readonly ResourceType _kind;
    private readonly string? _controller;
    private readonly IReadOnlyDictionary<string, string>? _labels;

    private Ownership(
        ResourceType kind, IReadOnlyList<V1OwnerReference> references, string? controller, string? part, IReadOnlyDictionary<string, string>? labels = null)
    {
        (_kind, References, _controller, _labels) = (kind, references, controller, labels);
        PartId = part is null ? null : IdOf(part);
    }

    /// <summary>The owner references that the object gets.</summary>
    internal IReadOnlyList<V1OwnerReference> References { get; }

    /// <summary>Names the part in annotations and field managers, 12 hexadecimal digits; null when the intent is the whole object.</summary>
    internal string? PartId { get; }

    /// <summary>The object is <paramref name="owner"/>'s alone, which is its controller. Only an object that it controls already is touched.</summary>
    public static Ownership Controlled(IKubernetesObject<V1ObjectMeta> owner)
    {
        ArgumentNullException.ThrowIfNull(owner);
        var reference = Reference(owner);
        (reference.Controller, reference.BlockOwnerDeletion) = (true, true);
        return new(TypeOf(reference), [reference], owner.Metadata.Uid, part: null);
    }

    /// <summary>The whole object is written for several owners, all of the kind <typeparamref name="TOwner"/> and none of them its controller.</summary>
    /// <param name="owners">At least one. Order and doubles do not matter.</param>
    public static Ownership Shared<TOwner>(IEnumerable<V1OwnerReference> owners) => new(
        ResourceType.Of<TOwner>(),
        [.. owners.DistinctBy(owner => owner.Uid).OrderBy(owner => owner.Uid, StringComparer.Ordinal).Select(owner => Reference(owner.ApiVersion, owner.Kind, owner.Name, owner.Uid))],
        controller: null,
        part: null);

    /// <summary>The intent is what one of several owners contributes to the object; what the others contribute stays as it is.</summary>
    /// <param name="owner">The contributor; it becomes an owner of the object, not its controller.</param>
    /// <param name="part">Names the contribution among those to one object. Applying again under the same name replaces what was contributed before.</param>
    public static Ownership Part(IKubernetesObject<V1ObjectMeta> owner, string part)
    {
        ArgumentNullException.ThrowIfNull(owner);
        ArgumentException.ThrowIfNullOrEmpty(part);
        var reference = Reference(owner);
        return new(TypeOf(reference), [reference], controller: null, part);
    }

    /// <summary>The object has no owner, so that nothing removes it but somebody who means it.</summary>
    /// <param name="labels">What an object that is there must bear to be ours. The intent must bear them too.</param>
    public static Ownership Kept(IReadOnlyDictionary<string, string> labels) => new(new(string.Empty, string.Empty, string.Empty, string.Empty), [], controller: null, part: null, labels);

    /// <summary>See <see cref="PartId"/>.</summary>
    internal static string IdOf(string part) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(part)))[..12];

    /// <summary>Whether the whole object belongs to several.</summary>
    internal bool IsShared => _controller is null && PartId is null;

    /// <summary>Whether an object has exactly these owners of their kind, where that matters: a part adds its own, and who controls an object is checked before.</summary>
    internal bool HasOwners(IKubernetesObject<V1ObjectMeta> live) => !IsShared
        || (live.Metadata.OwnerReferences ?? []).Where(IsOfKind).Select(reference => reference.Uid).ToHashSet(StringComparer.Ordinal).SetEquals(References.Select(reference => reference.Uid));

    /// <summary>Whether an object that is there is ours.</summary>
    internal bool Covers(IKubernetesObject<V1ObjectMeta> live) => _labels is not null
        ? _labels.All(label => live.Metadata.Labels?.TryGetValue(label.Key, out var value) == true && value == label.Value)
        : live.Metadata.OwnerReferences?.Any(reference => _controller is null
            ? IsOfKind(reference)
            : reference.Controller == true && reference.Uid == _controller) == true;

    private bool IsOfKind(V1OwnerReference reference) => reference.Kind == _kind.Kind && ResourceType.GroupOf(reference.ApiVersion) == _kind.Group;

    private static V1OwnerReference Reference(IKubernetesObject<V1ObjectMeta> owner) => Reference(owner.ApiVersion, owner.Kind, owner.Metadata.Name, owner.Metadata.Uid);

    private static V1OwnerReference Reference(string apiVersion, string kind, string name, string uid) => new() { ApiVersion = apiVersion, Kind = kind, Name = name, Uid = uid };

    private static ResourceType TypeOf(V1OwnerReference reference) =>
        new(ResourceType.GroupOf(reference.ApiVersion), string.Empty, reference.Kind, string.Empty);
}
