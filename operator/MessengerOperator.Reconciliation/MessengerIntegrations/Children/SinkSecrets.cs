using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Reconciliation.MessengerIntegrations.Sinks;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Children;

/// <summary>The Secrets that a sink's requests carry, and the files they are mounted as.</summary>
internal static class SinkSecrets
{
    /// <summary>Headers whose value is in a Secret, in the spec's order.</summary>
    public static IReadOnlyList<(string Name, string File, SecretKeySelector Selector)> Headers(ResolvedSink sink) =>
        [.. (sink.Http?.Headers ?? [])
            .Select((header, index) => (header.Name, File: ReceiverPaths.HeaderKey(index), header.ValueFrom))
            .Where(header => header.ValueFrom is not null)
            .Select(header => (header.Name, header.File, header.ValueFrom!))];

    /// <summary>Every Secret key that is mounted for the sink, by file name.</summary>
    public static IReadOnlyList<(string File, SecretKeySelector Selector)> Files(ResolvedSink sink)
    {
        var files = Headers(sink).Select(header => (header.File, header.Selector)).ToList();
        if (sink.Http?.BearerToken is { } token)
        {
            files.Add((ReceiverPaths.BearerTokenKey, token));
        }

        return files;
    }
}
