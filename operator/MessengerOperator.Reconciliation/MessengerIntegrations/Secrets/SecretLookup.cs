using MessengerOperator.Providers;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Secrets;

/// <summary>What was found under a SecretKeySelector. A closed set.</summary>
internal abstract record SecretLookup
{
    private SecretLookup()
    {
    }

    /// <summary>The value is there.</summary>
    public sealed record Found(Secret Value) : SecretLookup;

    /// <summary>There is no Secret of that name.</summary>
    public sealed record NoSecret : SecretLookup;

    /// <summary>The Secret has no such key.</summary>
    public sealed record NoKey : SecretLookup;

    /// <summary>The key's value is not UTF-8 text.</summary>
    public sealed record NotText : SecretLookup;
}
