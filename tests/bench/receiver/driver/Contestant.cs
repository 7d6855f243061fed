namespace MessengerOperator.Bench.Receiver;

/// <summary>A server to measure.</summary>
internal sealed record Contestant
{
    /// <summary>Its name in the results.</summary>
    public required string Name { get; init; }

    /// <summary>Numbers of connections to measure it at, one measurement each.</summary>
    public IReadOnlyList<int> Connections { get; init; } = [];

    /// <summary>Program and arguments to start it with.</summary>
    public required Func<Surroundings, IReadOnlyList<string>> Command { get; init; }

    /// <summary>Added to its environment.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>The requests it understands.</summary>
    public Messenger Messenger { get; init; } = Messenger.Line;

    /// <summary>Whether a request that came before is answered with less work, so that none may come twice in one life of the process.</summary>
    public bool TellsRepeats { get; init; }

    /// <summary>Whether it needs a sink that takes its events; what they cost it counts as its own.</summary>
    public bool Delivers { get; init; }
}
