using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Providers.Accounts;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Registrations;

/// <summary>What a provider's failure means for a condition: reason and message from the fixed catalogue.</summary>
internal static class ProviderOutcomes
{
    /// <summary>Whether the failure says nothing about the account, so that the last verdict stays.</summary>
    public static bool IsInconclusive(ProviderFailure failure) => failure is ProviderFailure.Throttled or ProviderFailure.Unavailable;

    /// <summary>Reason and message; no provider text, nothing that changes from pass to pass.</summary>
    public static (string Reason, string Message) Describe(ProviderFailure failure) => failure switch
    {
        ProviderFailure.InvalidCredentials invalid => (
            MessengerIntegrationReasons.InvalidCredentials,
            invalid.Advice ?? "The provider does not accept the credentials; put valid ones into the referenced Secret."),
        ProviderFailure.InsufficientPermission missing => (
            MessengerIntegrationReasons.InsufficientPermission,
            missing.Advice ?? "The credentials are genuine but may not do this; grant the permission at the provider."),
        ProviderFailure.AccountMismatch mismatch => (MessengerIntegrationReasons.AccountMismatch, mismatch.Advice),
        ProviderFailure.Throttled => (
            MessengerIntegrationReasons.RateLimited,
            "The provider, or the operator's own call budget, asks for a pause; the operator goes on by itself."),
        ProviderFailure.Unavailable => (
            MessengerIntegrationReasons.ProviderUnavailable,
            "The provider could not be asked; the operator keeps trying."),
        ProviderFailure.Rejected rejected => (MessengerIntegrationReasons.RegistrationRejected, rejected.Advice),
        _ => throw new InvalidOperationException($"There is no condition for {failure.GetType().Name}."),
    };

    /// <summary>The message with the provider's own words, for an Event.</summary>
    public static string ForEvent(ProviderFailure failure)
    {
        var message = Describe(failure).Message;
        return failure.Detail is { } detail ? $"{message} ({detail})" : message;
    }
}
