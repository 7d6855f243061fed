namespace MessengerOperator.ProviderSimulator.Accounts;

/// <summary>Who changed a registration.</summary>
public enum RegistrationActor
{
    /// <summary>A client of the provider's API.</summary>
    Client,

    /// <summary>Somebody else with the same credentials, played through the control API.</summary>
    SomebodyElse,

    /// <summary>The provider itself.</summary>
    Provider,
}
