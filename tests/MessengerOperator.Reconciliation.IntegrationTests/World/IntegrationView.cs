using k8s.Models;
using MessengerOperator.Api.MessengerIntegrations;

namespace MessengerOperator.Reconciliation.IntegrationTests.World;

/// <summary>Short ways to look at an integration.</summary>
internal static class IntegrationView
{
    extension(MessengerIntegration integration)
    {
        /// <summary>Whether Ready is True for the present spec.</summary>
        public bool IsReady =>
            integration.Has(MessengerIntegrationConditions.Ready, "True") && integration.Status!.ObservedGeneration == integration.Metadata.Generation;

        /// <summary>The ledger; empty when there is none.</summary>
        public IReadOnlyList<RegistrationStatus> Ledger => integration.Status?.Registrations ?? [];

        /// <summary>A condition; null when it is absent.</summary>
        public V1Condition? Condition(string type) => integration.Status?.Conditions?.FirstOrDefault(condition => condition.Type == type);

        /// <summary>Whether a condition has that status and, if given, that reason.</summary>
        public bool Has(string type, string status, string? reason = null) =>
            integration.Condition(type) is { } condition && condition.Status == status && (reason is null || condition.Reason == reason);
    }
}
