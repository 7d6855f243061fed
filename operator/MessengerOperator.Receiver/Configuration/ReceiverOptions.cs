namespace MessengerOperator.Receiver.Configuration;

/// <summary>What a receiver process is started with; see <see cref="CommandLine"/> for the flags.</summary>
internal sealed class ReceiverOptions
{
    /// <summary>Path of the configuration document, or of a directory whose <c>*.json</c> are documents. Required.</summary>
    public string ConfigPath { get; set; } = string.Empty;

    /// <summary>Port for the providers; 0 takes a free one. Default 8080.</summary>
    public int TrafficPort { get; set; } = 8080;

    /// <summary>Port for health, readiness, metrics and status; 0 takes a free one. Default 8081.</summary>
    public int ManagementPort { get; set; } = 8081;

    /// <summary>Address that both ports listen on. Default: all of the machine's.</summary>
    public string ListenAddress { get; set; } = "*";

    /// <summary>Largest body that is read, in bytes. Default 1 MiB.</summary>
    public long MaxBodyBytes { get; set; } = 1024 * 1024;

    /// <summary>Largest header section, in bytes. Default 16 KiB.</summary>
    public int MaxHeaderBytes { get; set; } = 16 * 1024;

    /// <summary>Open connections on the traffic port; for one more, the one that has been of no use for the longest is closed. Each takes about 10 KiB. Default 1024.</summary>
    public int MaxConnections { get; set; } = 1024;

    /// <summary>How long a client may take to send its headers. Default 10 s.</summary>
    public TimeSpan HeaderTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a client may take to send its body. Default 10 s.</summary>
    public TimeSpan BodyTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the sink may take for one event, waiting for a free place included. Default 10 s.</summary>
    public TimeSpan SinkTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Requests that one sink works on at a time. Default 64.</summary>
    public int SinkConcurrency { get; set; } = 64;

    /// <summary>Requests that may wait for a free place at one sink. Default 1024.</summary>
    public int SinkQueue { get; set; } = 1024;

    /// <summary>Folder that events are made safe in; null acknowledges an event only when its sink has taken it. Default null.</summary>
    public string? SpoolDirectory { get; set; }

    /// <summary>Bytes that the spool's folder may hold; when they are used up the provider is asked to retry. Default 256 MiB.</summary>
    public long SpoolBytes { get; set; } = 256L * 1024 * 1024;

    /// <summary>Requests that may wait to be written to the spool. Default 4096.</summary>
    public int SpoolQueue { get; set; } = 4096;

    /// <summary>Age at which an event that could not be delivered is put aside. Default 7 days.</summary>
    public TimeSpan SpoolAge { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How often a sink may fail on one event, while it takes others, before that event is put aside. Default 12.</summary>
    public int MaxAttempts { get; set; } = 12;

    /// <summary>How long events that were put aside are kept. Default 30 days.</summary>
    public TimeSpan DeadLetterAge { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How often the configuration and its files are compared with what is in use. Default 2 s.</summary>
    public TimeSpan ReloadInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long after SIGTERM new requests are still served while readiness already fails. Default 5 s.</summary>
    public TimeSpan Lameduck { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long requests under way may take to end after that. Default 20 s.</summary>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Where traces are sent (OTLP over HTTP, without <c>/v1/traces</c>); null makes none. Default null.</summary>
    public Uri? TracesEndpoint { get; set; }

    /// <summary>Share of the requests that begin a trace, 0 to 1; those that come with one go by its flag. Default 1.</summary>
    public double TracesRatio { get; set; } = 1;

    /// <summary>Lowest level that is logged. Default Information.</summary>
    public LogLevel LogLevel { get; set; } = LogLevel.Information;
}
