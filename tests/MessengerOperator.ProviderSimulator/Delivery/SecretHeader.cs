namespace MessengerOperator.ProviderSimulator.Delivery;

/// <summary>How a delivery carries what proves where it comes from: a secret, a signature, a token.</summary>
public enum SecretHeader
{
    /// <summary>As the provider sends it.</summary>
    Registered,

    /// <summary>A value that was never registered, or a signature made with another key.</summary>
    Wrong,

    /// <summary>The registered value with the case of every letter turned.</summary>
    WrongCase,

    /// <summary>No header.</summary>
    Missing,

    /// <summary>The header twice, both times with the registered value.</summary>
    Doubled,

    /// <summary>The registered value with a blank behind it on the wire; HTTP says that the blank is not part of it.</summary>
    TrailingBlank,

    /// <summary>The proof of one body with another body, where the provider signs bodies.</summary>
    ChangedBody,
}
