namespace MessengerOperator.Providers.Webhooks;

/// <summary>What a provider's webhook half says to a possible check of the URL.</summary>
public abstract record HandshakeResult
{
    private HandshakeResult()
    {
    }

    /// <summary>An ordinary request, to be verified.</summary>
    public static HandshakeResult NotAHandshake { get; } = new None();

    /// <summary>A check that is not what the provider documents.</summary>
    public static HandshakeResult NotReadable { get; } = new Malformed();

    /// <summary>An ordinary request.</summary>
    public sealed record None : HandshakeResult;

    /// <summary>A genuine check, answered 200.</summary>
    /// <param name="Text">Body of the answer, sent as text/plain; empty for none. Only what the provider documents as its challenge.</param>
    /// <param name="IsUnsigned">Whether anybody could have asked the same (Vonage's plain GET), so that it proves nothing about who did.</param>
    public sealed record Answer(string Text, bool IsUnsigned = false) : HandshakeResult;

    /// <summary>A check that does not know the secret.</summary>
    /// <param name="Reason">Not <see cref="VerificationResult.Accepted"/>.</param>
    public sealed record Refused(VerificationResult Reason) : HandshakeResult;

    /// <summary>A check that knows the secret and lacks the rest of what the provider documents; answered 400.</summary>
    public sealed record Malformed : HandshakeResult;
}
