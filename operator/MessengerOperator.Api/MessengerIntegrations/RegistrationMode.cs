namespace MessengerOperator.Api.MessengerIntegrations;

/// <summary>Who registers the webhook at the provider.</summary>
public enum RegistrationMode
{
    /// <summary>A value this version of the operator does not know; never written.</summary>
    Unrecognized,

    /// <summary>The operator.</summary>
    Managed,

    /// <summary>The administrator, who pastes URL and token at the provider.</summary>
    Manual,
}
