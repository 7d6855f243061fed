using System.Text.Json;

namespace MessengerOperator.Providers.Webhooks;

/// <summary>One integration at a receiver.</summary>
public sealed record ReceiverRoute
{
    /// <summary>The integration as <c>namespace/name</c>; the CloudEvents source is made of it.</summary>
    public required string Integration { get; init; }

    /// <summary>The provider's name, for example <c>Telegram</c>.</summary>
    public required string Provider { get; init; }

    /// <summary>Path under which the provider calls; starts with a slash, compared exactly.</summary>
    public required string Path { get; init; }

    /// <summary>
    /// Files with tokens that end the path, for providers that sign nothing: the provider calls <see cref="Path"/>, a slash and the content of one of them. Null when the path is whole.
    /// </summary>
    public IReadOnlyList<string>? PathTokenFiles { get; init; }

    /// <summary>The account's stable id at the provider; null while it is not known.</summary>
    public string? AccountId { get; init; }

    /// <summary>The account's public name; null when it has none.</summary>
    public string? AccountName { get; init; }

    /// <summary>
    /// The provider's block of the spec (what its verification depends on, such as a signature method); null when it has none. Holds no secret.
    /// </summary>
    public JsonElement? Settings { get; init; }

    /// <summary>
    /// Files with the verification secrets, by <see cref="VerificationKey.Name"/>. Every file that exists counts, so a list of
    /// the new and the previous one makes a rotation without a gap. Files may end in one line break, which is not part of the value.
    /// </summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Keys { get; init; }

    /// <summary>File with the key that the operator's reachability probe is signed with; null when it is not probed.</summary>
    public string? ProbeKeyFile { get; init; }

    /// <summary>Where events go.</summary>
    public required ReceiverSink Sink { get; init; }

    /// <summary><c>Conversation</c>, or null: a conversation's events are delivered one after the other. <c>None</c>: as fast as they come. Counts with a spool only.</summary>
    public string? Ordering { get; init; }

    /// <summary>Where events go that the sink refused for good; null keeps them in the spool.</summary>
    public ReceiverSink? DeadLetterSink { get; init; }
}
