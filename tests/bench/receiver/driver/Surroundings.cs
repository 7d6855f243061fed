namespace MessengerOperator.Bench.Receiver;

/// <summary>What a server is started with.</summary>
/// <param name="Port">Where it is to listen on 127.0.0.1.</param>
/// <param name="ManagementPort">Where its management is to listen, if it has one.</param>
/// <param name="Folder">An empty folder for its files.</param>
/// <param name="Sink">Where events go.</param>
internal sealed record Surroundings(int Port, int ManagementPort, string Folder, Uri Sink);
