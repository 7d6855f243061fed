using MessengerOperator.Reconciliation.IntegrationTests;
using MessengerOperator.TestKit;

[assembly: AssemblyFixture(typeof(ControlPlane))]
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.All, MaxThreads = 4)]

namespace MessengerOperator.Reconciliation.IntegrationTests;

/// <summary>A control plane that knows messenger integrations. Of version 1.20, so rules in CEL are the operator's to enforce.</summary>
public class ControlPlane : ControlPlaneFixture
{
    /// <inheritdoc/>
    protected override string? ResourceDefinitions => "crds";
}
