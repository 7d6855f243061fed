namespace MessengerOperator.Reconciliation.MessengerIntegrations.Probing;

/// <summary>What a probe of a public URL found.</summary>
internal enum ProbeVerdict
{
    /// <summary>Our receiver answered and proved it.</summary>
    Reached,

    /// <summary>Nothing answered: name, connection or time.</summary>
    Failed,

    /// <summary>Something in between answered that it cannot reach what is behind it (5xx).</summary>
    Unavailable,

    /// <summary>The TLS handshake failed or the certificate is not trusted.</summary>
    TlsInvalid,

    /// <summary>Something answered that is not our receiver.</summary>
    WrongResponder,
}
