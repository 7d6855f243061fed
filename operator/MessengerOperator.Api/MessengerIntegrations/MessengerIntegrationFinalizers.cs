namespace MessengerOperator.Api.MessengerIntegrations;

/// <summary>Finalizers the operator puts on an integration.</summary>
public static class MessengerIntegrationFinalizers
{
    /// <summary>Holds the object until its registrations are gone from the provider, or the deadline has passed.</summary>
    public const string Registration = "messenger-operator.io/registration";
}
