namespace MessengerOperator.ProviderSimulator.Delivery;

/// <summary>Why an attempt brought no answer; providers have words of their own for each.</summary>
public enum DeliveryFailure
{
    /// <summary>There was an answer, whatever its status.</summary>
    None,

    /// <summary>No connection: unresolvable, refused, unreachable.</summary>
    CouldNotConnect,

    /// <summary>The certificate or the TLS handshake was refused.</summary>
    Tls,

    /// <summary>No answer in time.</summary>
    TimedOut,

    /// <summary>The connection ended before the answer.</summary>
    ConnectionClosed,

    /// <summary>What came back is not HTTP.</summary>
    NotHttp,
}
