using k8s.Models;
using MessengerOperator.Api.MessengerIntegrations;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Children;

/// <summary>A member in its group.</summary>
/// <param name="Deployment">The group's Deployment as it is now.</param>
/// <param name="Lead">The member whose settings the receiver has.</param>
/// <param name="Secrets">What the receiver is to have of this member's secrets.</param>
/// <param name="IsHeld">Whether its pods are kept as they are for now (<see cref="RolloutHold"/>), although they are to be otherwise.</param>
internal sealed record ServedMember(V1Deployment Deployment, MessengerIntegration Lead, MemberSecrets Secrets, bool IsHeld);
