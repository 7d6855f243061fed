namespace MessengerOperator.Providers.Webhooks;

/// <summary>How a receiver signs in to Kafka.</summary>
public sealed record ReceiverKafkaSasl
{
    /// <summary>PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512.</summary>
    public required string Mechanism { get; init; }

    /// <summary>File with the user's name.</summary>
    public required string UserNameFile { get; init; }

    /// <summary>File with the password.</summary>
    public required string PasswordFile { get; init; }
}
