using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Receiver.Sinks;

/// <summary>All kinds of sinks. What a route delivers to, for events and for dead letters alike, is checked and opened here.</summary>
internal sealed class SinkKinds(IEnumerable<ISinkKind> kinds)
{
    private readonly ISinkKind[] _kinds = [.. kinds];

    /// <summary>What is wrong with a sink, each beginning with <paramref name="where"/>; empty when it can be opened.</summary>
    public IEnumerable<string> Check(ReceiverSink sink, string where) => Array.FindAll(_kinds, kind => kind.IsIn(sink)) switch
    {
        [var kind] => kind.Check(sink).Select(problem => $"{where}.{kind.Name}{problem}"),
        _ => [$"{where}: one kind of sink is needed, and one that this build has ({string.Join(", ", _kinds.Select(kind => kind.Name))})"],
    };

    /// <summary>Every file that a sink names, which is one that has been checked.</summary>
    public IEnumerable<string> Files(ReceiverSink sink) => Of(sink).Files(sink);

    /// <summary>Opens a sink that has been checked.</summary>
    /// <param name="sink">The sink.</param>
    /// <param name="files">Content of the files that it names; null for what could not be read.</param>
    /// <param name="what">How problems call it, for example <c>sink</c>.</param>
    /// <param name="problems">Where problems are added.</param>
    /// <returns>The sink, or null when there are problems.</returns>
    public IEventSink? Open(ReceiverSink sink, IReadOnlyDictionary<string, byte[]?> files, string what, List<string> problems)
    {
        var read = new SinkFiles(files, what);
        var opened = Of(sink).Open(sink, read);
        problems.AddRange(read.Problems);
        return opened;
    }

    private ISinkKind Of(ReceiverSink sink) => Array.Find(_kinds, kind => kind.IsIn(sink)) ?? throw new InvalidOperationException("A sink of no known kind.");
}
