namespace MessengerOperator.Providers.Webhooks;

/// <summary>All that a receiver is told: one JSON document in a mounted file, written by the operator or by hand.</summary>
/// <remarks>
/// It holds no secret, only the paths of files that do. The receiver follows changes of the document and of those files without a restart.
/// JSON names are camelCase; unknown fields are ignored, so that an operator may be newer than its receivers.
/// </remarks>
public sealed record ReceiverConfiguration
{
    /// <summary>Version of the document's shape; 1.</summary>
    public int Version { get; init; } = 1;

    /// <summary>The integrations served here, each under its own path.</summary>
    public required IReadOnlyList<ReceiverRoute> Routes { get; init; }
}
