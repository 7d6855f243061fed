using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Reconciliation.MessengerIntegrations.Sinks;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Children;

/// <summary>The secrets that a sink's requests carry, and the keys of the member's that they get.</summary>
internal static class SinkSecrets
{
    /// <summary>Headers whose value is in a Secret, in the spec's order.</summary>
    public static IReadOnlyList<(string Name, string Key, SecretKeySelector Selector)> Headers(ResolvedSink sink, MemberFiles files) =>
        [.. (sink.Http?.Headers ?? [])
            .Select((header, index) => (header.Name, Key: files.SinkHeader(sink.Place, index), header.ValueFrom))
            .Where(header => header.ValueFrom is not null)
            .Select(header => (header.Name, header.Key, header.ValueFrom!))];

    /// <summary>Every secret of the sink, by the member's key and with its field in the spec.</summary>
    public static IReadOnlyList<(string Key, string Field, SecretKeySelector Selector)> All(ResolvedSink sink, MemberFiles files)
    {
        var all = Headers(sink, files).Select(header => (header.Key, $"{sink.Place.Field} header {header.Name}", header.Selector)).ToList();
        all.AddRange(SinkSelectors.Of(sink.Spec).Select(each => (files.SinkValue(sink.Place, each.What), $"{sink.Place.Field} {each.Field}", each.Selector)));
        return all;
    }
}
