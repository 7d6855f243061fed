using MessengerOperator.Api.MessengerIntegrations;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Checks;

/// <summary>What the API has and this version does not do yet. Refused, since to accept it in silence would be a lie about delivery.</summary>
public static class UnsupportedChecks
{
    /// <summary>The fields that cannot be honoured yet; empty when there are none.</summary>
    public static IReadOnlyList<SpecViolation> Check(MessengerIntegration integration)
    {
        ArgumentNullException.ThrowIfNull(integration);
        var spec = integration.Spec;
        var violations = new List<SpecViolation>();
        if (spec.Exposure.Type != ExposureType.External)
        {
            violations.Add(new("spec.exposure.type", "This version routes nothing by itself; use External and route the URL to the receiver's Service."));
        }

        return violations;
    }
}
