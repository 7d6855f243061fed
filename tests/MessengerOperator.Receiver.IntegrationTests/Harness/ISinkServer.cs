using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Receiver.IntegrationTests.Harness;

/// <summary>A real server that events are delivered to. Each test has a place of its own at it: a stream, a queue, a topic.</summary>
internal interface ISinkServer
{
    /// <summary>Files that its sinks name, by name.</summary>
    IReadOnlyDictionary<string, string> Files { get; }

    /// <summary>An event with so many bytes of data is more than it takes.</summary>
    int TooLarge { get; }

    /// <summary>Where the test's events go. Has its right user and password.</summary>
    ReceiverSink Sink(string place);

    /// <summary>The same with another password, in the file <c>wrong-password</c>; null and the reason when this server knows none.</summary>
    (ReceiverSink? Sink, string? WhyNot) WithWrongPassword(string place);

    /// <summary>The same over TLS, with that file of authorities; null and the reason when this server has no TLS.</summary>
    (ReceiverSink? Sink, string? WhyNot) WithTls(string place, string caBundleFile);

    /// <summary>Makes the place.</summary>
    Task PrepareAsync(string place);

    /// <summary>Why it cannot be stopped; null when it can.</summary>
    string? WhyNotDown => null;

    /// <summary>Nobody can reach it any more.</summary>
    Task DownAsync();

    /// <summary>It can be reached again, with all that it took.</summary>
    Task UpAsync();

    /// <summary>All that it has taken, in its order.</summary>
    Task<IReadOnlyList<TakenEvent>> TakenAsync(string place);
}
