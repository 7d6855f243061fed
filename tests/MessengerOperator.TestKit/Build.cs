using System.Text;
using k8s.Models;

namespace MessengerOperator.TestKit;

/// <summary>Small Kubernetes objects for tests; a case states only what matters to it.</summary>
public static class Build
{
    /// <summary>A Secret with text values.</summary>
    public static V1Secret Secret(string inNamespace, string name, params (string Key, string Value)[] data) => new()
    {
        ApiVersion = "v1",
        Kind = "Secret",
        Metadata = new V1ObjectMeta { Name = name, NamespaceProperty = inNamespace },
        Data = data.ToDictionary(item => item.Key, item => Encoding.UTF8.GetBytes(item.Value)),
    };

    /// <summary>A ConfigMap.</summary>
    public static V1ConfigMap ConfigMap(string inNamespace, string name, params (string Key, string Value)[] data) => new()
    {
        ApiVersion = "v1",
        Kind = "ConfigMap",
        Metadata = new V1ObjectMeta { Name = name, NamespaceProperty = inNamespace },
        Data = data.ToDictionary(item => item.Key, item => item.Value),
    };

    /// <summary>A Deployment of one container with a resource request.</summary>
    public static V1Deployment Deployment(string inNamespace, string name, string image = "docker.io/local/app:1") => new()
    {
        ApiVersion = "apps/v1",
        Kind = "Deployment",
        Metadata = new V1ObjectMeta { Name = name, NamespaceProperty = inNamespace },
        Spec = new V1DeploymentSpec
        {
            Replicas = 1,
            Selector = new V1LabelSelector { MatchLabels = new Dictionary<string, string> { ["app"] = name } },
            Template = new V1PodTemplateSpec
            {
                Metadata = new V1ObjectMeta { Labels = new Dictionary<string, string> { ["app"] = name } },
                Spec = new V1PodSpec
                {
                    Containers =
                    [
                        new V1Container
                        {
                            Name = "app",
                            Image = image,
                            Ports = [new V1ContainerPort { ContainerPort = 8080, Name = "http" }],
                            Env = [new V1EnvVar { Name = "A", Value = "1" }],
                            Resources = new V1ResourceRequirements { Requests = new Dictionary<string, ResourceQuantity> { ["cpu"] = new("0.5"), ["memory"] = new("1024Mi") } },
                        },
                    ],
                },
            },
        },
    };
}
