using MessengerOperator.Providers;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Children;

/// <summary>What a receiver is to have of a member's secrets.</summary>
/// <param name="ProbeKey">What the probe is signed with; answered only by a receiver that has loaded exactly these secrets.</param>
/// <param name="ChangedAt">When one of the verification secrets changed last, or the member joined.</param>
/// <param name="FormerUntil">Until when those that were valid before are accepted as well; null when there are none.</param>
internal sealed record MemberSecrets(Secret ProbeKey, DateTime ChangedAt, DateTime? FormerUntil)
{
    /// <summary>Whether they changed in this pass.</summary>
    public bool HasChanged { get; init; }
}
