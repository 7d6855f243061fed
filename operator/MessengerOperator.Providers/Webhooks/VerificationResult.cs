namespace MessengerOperator.Providers.Webhooks;

/// <summary>Whether a request is the provider's. A closed set; it labels a metric.</summary>
/// <remarks>The default value is a refusal, so that a verdict nobody reached is never an acceptance.</remarks>
public enum VerificationResult
{
    /// <summary>The signature is well formed and is not ours: forged, or made with a key that is no longer valid.</summary>
    WrongSignature = 0,

    /// <summary>The signature is not there.</summary>
    MissingSignature,

    /// <summary>The signature is there more than once.</summary>
    DuplicateSignature,

    /// <summary>The signature cannot be one: wrong length, alphabet or form.</summary>
    MalformedSignature,

    /// <summary>Signed, but for a time outside of what is allowed.</summary>
    Expired,

    /// <summary>Unsigned because of trouble at the provider, which wants to be asked for a repeat (Vonage); answered 503.</summary>
    UnsignedByProvider,

    /// <summary>The provider sent it.</summary>
    Accepted,
}
