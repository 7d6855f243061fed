using k8s;
using k8s.Models;
using MessengerOperator.TestKit;

namespace MessengerOperator.Reconciliation.IntegrationTests.World;

/// <summary>A ServiceAccount for the operator that may do everything in the namespaces that it serves, and nothing elsewhere.</summary>
internal static class ConfinedAccount
{
    private const string Name = "messenger-operator";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Creates one, in the first of the namespaces, and gives what a client needs to be it.</summary>
    public static async Task<KubernetesClientConfiguration> CreateAsync(ControlPlaneFixture plane, IReadOnlyList<string> namespaces)
    {
        var client = plane.Client;
        await client.CoreV1.CreateNamespacedServiceAccountAsync(new V1ServiceAccount { Metadata = new V1ObjectMeta { Name = Name } }, namespaces[0], cancellationToken: Cancelled);
        foreach (var ns in namespaces)
        {
            await GrantAsync(client, namespaces[0], ns, new V1PolicyRule { ApiGroups = ["*"], Resources = ["*"], Verbs = ["*"] });
        }

        var request = new Authenticationv1TokenRequest { Spec = new V1TokenRequestSpec { Audiences = [], ExpirationSeconds = 3600 } };
        var token = await client.CoreV1.CreateNamespacedServiceAccountTokenAsync(request, Name, namespaces[0], cancellationToken: Cancelled);
        var configuration = plane.NewConfiguration(Name);
        (configuration.ClientCertificateData, configuration.ClientCertificateKeyData) = (null, null);
        (configuration.ClientCertificateFilePath, configuration.ClientKeyFilePath) = (null, null);
        configuration.AccessToken = token.Status.Token;
        return configuration;
    }

    /// <summary>Grants the account of the operator that serves a namespace a right in a namespace.</summary>
    public static async Task GrantAsync(Kubernetes client, string served, string ns, V1PolicyRule rule)
    {
        var name = $"{Name}-{served}";
        await client.RbacAuthorizationV1.CreateNamespacedRoleAsync(new V1Role { Metadata = new V1ObjectMeta { Name = name }, Rules = [rule] }, ns, cancellationToken: Cancelled);
        await client.RbacAuthorizationV1.CreateNamespacedRoleBindingAsync(
            new V1RoleBinding
            {
                Metadata = new V1ObjectMeta { Name = name },
                RoleRef = new V1RoleRef { ApiGroup = "rbac.authorization.k8s.io", Kind = "Role", Name = name },
                Subjects = [new Rbacv1Subject { Kind = "ServiceAccount", Name = Name, NamespaceProperty = served }],
            },
            ns,
            cancellationToken: Cancelled);
    }
}
