using MessengerOperator.Runtime.IntegrationTests;
using MessengerOperator.TestKit;

[assembly: AssemblyFixture(typeof(WidgetControlPlane))]

namespace MessengerOperator.Runtime.IntegrationTests;

/// <summary>A control plane that knows widgets.</summary>
public sealed class WidgetControlPlane : ControlPlaneFixture
{
    protected override string? ResourceDefinitions => "tests/MessengerOperator.Runtime.IntegrationTests/widgets.yaml";
}
