namespace MessengerOperator.Receiver.Sinks.Kafka;

/// <summary>Kafka's and librdkafka's error codes (<c>rd_kafka_resp_err_t</c>; negative ones are the client's own) and what they mean for an event.</summary>
internal static class KafkaError
{
    public const int None = 0;
    public const int Fatal = -150;
    public const int Authentication = -169;
    public const int Ssl = -181;
    public const int TimedOut = -185;
    public const int Destroyed = -197;

    /// <summary>Ours: the address is not public, and only public ones are allowed.</summary>
    public const int PrivateAddress = -10_001;

    private const int UnknownTopicOrPartition = 3;
    private const int MessageTooLarge = 10;
    private const int RecordListTooLarge = 18;
    private const int NotEnoughReplicas = 19;
    private const int NotEnoughReplicasAfterAppend = 20;
    private const int TopicAuthorizationFailed = 29;
    private const int ClusterAuthorizationFailed = 31;
    private const int SaslAuthenticationFailed = 58;
    private const int InvalidRecord = 87;
    private const int PolicyViolation = 44;
    private const int TimedOutInQueue = -166;
    private const int QueueFull = -184;
    private const int AllBrokersDown = -187;
    private const int UnknownTopic = -188;
    private const int UnknownPartition = -190;
    private const int MessageTimedOut = -192;
    private const int Resolve = -193;
    private const int Transport = -195;

    /// <summary>Whether it says more about why there is no connection than that there is none.</summary>
    public static bool ExplainsTrouble(int error) => error is Authentication or SaslAuthenticationFailed or Ssl or PrivateAddress;

    /// <summary>Whether it is about the connection.</summary>
    public static bool IsTrouble(int error) => ExplainsTrouble(error) || error is AllBrokersDown or Resolve or Transport;

    /// <summary>The outcome of a message.</summary>
    /// <param name="error">Its error.</param>
    /// <param name="trouble">The client's last error about its connections since a message was taken; 0 for none.</param>
    public static SinkResult Result(int error, int trouble) => error switch
    {
        None => new(SinkOutcome.Taken),
        MessageTooLarge or RecordListTooLarge => new(SinkOutcome.Refused, Problem: SinkProblem.TooLarge),
        InvalidRecord or PolicyViolation => new(SinkOutcome.Refused, Problem: "the topic's rules do not allow the event"),
        TopicAuthorizationFailed or ClusterAuthorizationFailed => new(SinkOutcome.Unavailable, Problem: SinkProblem.Permission),
        Authentication or SaslAuthenticationFailed => new(SinkOutcome.Unavailable, Problem: SinkProblem.Credentials),
        PrivateAddress => new(SinkOutcome.Unreachable, Problem: PublicConnection.Problem),
        Ssl => new(SinkOutcome.Unreachable, Problem: SinkProblem.Tls),
        UnknownTopicOrPartition or UnknownTopic or UnknownPartition => new(SinkOutcome.Unavailable, Problem: "there is no such topic"),
        NotEnoughReplicas or NotEnoughReplicasAfterAppend => new(SinkOutcome.Unavailable, Problem: "fewer replicas of the topic are in sync than it wants"),
        QueueFull => new(SinkOutcome.Overloaded),
        Transport or Resolve or AllBrokersDown => new(SinkOutcome.Unreachable),
        MessageTimedOut or TimedOut or TimedOutInQueue => trouble == None ? new(SinkOutcome.TimedOut) : Result(trouble, None),
        _ => new(SinkOutcome.Unavailable),
    };
}
