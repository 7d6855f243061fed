namespace MessengerOperator.Providers.Accounts;

/// <summary>Why a provider could not deliver to us.</summary>
public enum DeliveryError
{
    /// <summary>No failure is known.</summary>
    None,

    /// <summary>Nothing answered at the address.</summary>
    ConnectionFailed,

    /// <summary>The TLS handshake failed or the certificate was not accepted.</summary>
    Tls,

    /// <summary>The answer took too long.</summary>
    Timeout,

    /// <summary>Something answered with a status other than success.</summary>
    BadStatus,

    /// <summary>Any other failure.</summary>
    Other,
}
