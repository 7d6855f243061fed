using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Receiver.Sinks;

/// <summary>One kind of sink: a folder here, a block in <see cref="ReceiverSink"/>, and a line in <see cref="SinksServiceCollectionExtensions"/>.</summary>
internal interface ISinkKind
{
    /// <summary>Name of its block in a configuration document, for example <c>http</c>.</summary>
    string Name { get; }

    /// <summary>Whether a sink has this kind's block. The other methods are called for such sinks only.</summary>
    bool IsIn(ReceiverSink sink);

    /// <summary>What is wrong with the block, each as <c>.field: sentence</c> or <c>: sentence</c>; no value that may be a secret. The block may lack what its type requires.</summary>
    IEnumerable<string> Check(ReceiverSink sink);

    /// <summary>Every file that the block names.</summary>
    IEnumerable<string> Files(ReceiverSink sink);

    /// <summary>Opens a sink whose block is right; null when files do not hold what it needs, which is told to <paramref name="files"/>. Makes no connection by itself and does not wait.</summary>
    IEventSink? Open(ReceiverSink sink, SinkFiles files);
}
