namespace MessengerOperator.Bench.Receiver;

/// <summary>A server to measure.</summary>
internal sealed record Contestant
{
    /// <summary>Its name in the results.</summary>
    public required string Name { get; init; }

    /// <summary>Numbers of connections to measure it at, one measurement each.</summary>
    public required IReadOnlyList<int> Connections { get; init; }

    /// <summary>Program and arguments to start it with, given its port and an empty folder for its files.</summary>
    public required Func<int, string, IReadOnlyList<string>> Command { get; init; }

    /// <summary>Added to its environment.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>The requests it understands.</summary>
    public required Messenger Messenger { get; init; }

    /// <summary>Whether a request that came before is answered with less work, so that none may come twice in one life of the process.</summary>
    public bool TellsRepeats { get; init; }
}
