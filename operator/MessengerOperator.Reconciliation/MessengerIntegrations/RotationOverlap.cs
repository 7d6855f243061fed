using MessengerOperator.Api.MessengerIntegrations;

namespace MessengerOperator.Reconciliation.MessengerIntegrations;

/// <summary>How long a secret that was replaced is accepted beside the new one.</summary>
internal static class RotationOverlap
{
    // Somebody has to paste the new token at the provider, and nobody can tell when that was done.
    private static readonly TimeSpan ByHand = TimeSpan.FromDays(1);

    public static TimeSpan Of(MessengerIntegration integration, IntegrationOptions options)
    {
        var configured = TimeSpan.FromSeconds(options.RotationOverlapSeconds);
        return integration.Spec.Webhook.Registration == RegistrationMode.Manual && configured < ByHand ? ByHand : configured;
    }
}
