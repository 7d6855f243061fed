namespace MessengerOperator.Api.MessengerIntegrations;

/// <summary>SASL mechanisms of Kafka.</summary>
public enum KafkaSaslMechanism
{
    /// <summary>A value this version of the operator does not know; never written.</summary>
    Unrecognized,

    /// <summary>PLAIN: the password is sent as it is.</summary>
    Plain,

    /// <summary>SCRAM-SHA-256.</summary>
    ScramSha256,

    /// <summary>SCRAM-SHA-512.</summary>
    ScramSha512,
}
