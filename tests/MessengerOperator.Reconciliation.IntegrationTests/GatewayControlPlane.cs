using System.Text;
using MessengerOperator.TestKit;

namespace MessengerOperator.Reconciliation.IntegrationTests;

/// <summary>A control plane of its own for tests to which the Gateway API comes later: what is installed is there for everybody.</summary>
public sealed class GatewayControlPlane : ControlPlane
{
    /// <summary>Installs the definition of HTTPRoutes.</summary>
    public async Task InstallAsync()
    {
        var definition = await File.ReadAllTextAsync(Repository.PathOf("tests/MessengerOperator.Reconciliation.IntegrationTests/gateway-api.yaml"), TestContext.Current.CancellationToken);
        using var content = new StringContent(definition, Encoding.UTF8, "application/yaml");
        using var answer = await Client.HttpClient.PostAsync(new Uri(Client.BaseUri, "apis/apiextensions.k8s.io/v1/customresourcedefinitions"), content, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }
}
