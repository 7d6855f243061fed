namespace MessengerOperator.Providers.Accounts;

/// <summary>What a removal found. Every value is a success.</summary>
public enum Deregistration
{
    /// <summary>Our registration was there and is gone.</summary>
    Removed,

    /// <summary>There was no registration.</summary>
    AlreadyGone,

    /// <summary>The registration points somewhere that is not ours; it was left alone.</summary>
    NotOurs,
}
