namespace MessengerOperator.ProviderSimulator.Accounts;

/// <summary>What was done to a registration.</summary>
public enum RegistrationChange
{
    /// <summary>It was set, or set anew.</summary>
    Set,

    /// <summary>It was removed.</summary>
    Removed,

    /// <summary>The provider warned that it will be removed if deliveries go on failing.</summary>
    Warned,
}
