namespace MessengerOperator.Runtime.Discovery;

/// <summary>Which API versions and kinds the server has. Asked once and kept; a kind that is not there is asked for again after a minute, when somebody wants it.</summary>
public interface IApiDiscovery
{
    /// <summary>Whether the server serves that kind, such as <c>("policy/v1", "PodDisruptionBudget")</c>.</summary>
    /// <param name="apiVersion">Group and version; <c>v1</c> for the core group.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="cancellationToken">Stops it.</param>
    ValueTask<bool> HasKindAsync(string apiVersion, string kind, CancellationToken cancellationToken);

    /// <summary>The first of these versions (newest first) that serves the kind, or null.</summary>
    ValueTask<string?> PreferredVersionAsync(string kind, IReadOnlyList<string> apiVersions, CancellationToken cancellationToken);
}
