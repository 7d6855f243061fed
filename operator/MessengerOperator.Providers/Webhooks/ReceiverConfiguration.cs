namespace MessengerOperator.Providers.Webhooks;

/// <summary>All that a receiver is told: one JSON document in a mounted file, written by the operator or by hand.</summary>
/// <remarks>
/// It holds no secret, only the paths of files that do; a relative path begins beside the document. The receiver follows changes of the document and of those files without a restart.
/// JSON names are camelCase; unknown fields are ignored, so that an operator may be newer than its receivers.
/// </remarks>
public sealed record ReceiverConfiguration
{
    private const int FirstVersion = 1;

    /// <summary>Version of the document's shape; 1, also when it is absent.</summary>
    /// <remarks>The generated JSON reader sets init-only properties to 0 when the document has no such field, hence the check.</remarks>
    public int Version { get; init => field = value == 0 ? FirstVersion : value; } = FirstVersion;

    /// <summary>The integrations served here, each under its own path.</summary>
    public required IReadOnlyList<ReceiverRoute> Routes { get; init; }
}
