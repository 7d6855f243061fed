using System.Reflection;
using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Meta;
using MessengerOperator.Providers;
using MessengerOperator.Reconciliation.MessengerIntegrations;
using MessengerOperator.Runtime;

namespace MessengerOperator.Architecture.Tests;

/// <summary>Who may know whom: the arrows of the diagram in shared style 2.2 and the README.</summary>
public class ReferenceTests
{
    public static TheoryData<string, string[]> Arrows => new()
    {
        { typeof(NamespacedName).Assembly.GetName().Name!, [] },
        { typeof(MessengerIntegration).Assembly.GetName().Name!, ["MessengerOperator.Meta"] },
        { typeof(OperatorOptions).Assembly.GetName().Name!, ["MessengerOperator.Meta"] },
        { typeof(IProvider).Assembly.GetName().Name!, [] },
        {
            typeof(IntegrationOptions).Assembly.GetName().Name!,
            ["MessengerOperator.Api", "MessengerOperator.Meta", "MessengerOperator.Providers", "MessengerOperator.Runtime"]
        },
        { "messenger-receiver", ["MessengerOperator.Providers"] },
        { "MessengerOperator.ProviderSimulator", [] },
    };

    [Theory]
    [MemberData(nameof(Arrows))]
    public void A_project_knows_only_those_that_the_diagram_allows(string project, string[] allowed)
    {
        var known = Assembly.Load(project).GetReferencedAssemblies()
            .Select(reference => reference.Name!)
            .Where(name => name.StartsWith("MessengerOperator.", StringComparison.Ordinal));
        Assert.Empty(known.Except(allowed));
    }

    [Theory]
    [InlineData("MessengerOperator.Providers")]
    [InlineData("messenger-receiver")]
    [InlineData("MessengerOperator.ProviderSimulator")]
    public void What_handles_messages_knows_no_Kubernetes(string project) =>
        Assert.DoesNotContain(Assembly.Load(project).GetReferencedAssemblies(), reference => reference.Name!.StartsWith("KubernetesClient", StringComparison.Ordinal));
}
