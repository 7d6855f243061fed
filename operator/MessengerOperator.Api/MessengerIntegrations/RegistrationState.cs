namespace MessengerOperator.Api.MessengerIntegrations;

/// <summary>How far a registration at the provider has got.</summary>
public enum RegistrationState
{
    /// <summary>A value this version of the operator does not know; never written.</summary>
    Unrecognized,

    /// <summary>About to be made; it may or may not exist.</summary>
    Pending,

    /// <summary>The provider confirmed it.</summary>
    Active,

    /// <summary>No longer wanted; being removed.</summary>
    Removing,

    /// <summary>Could not be removed before the deadline; it may still exist at the provider.</summary>
    Leaked,
}
