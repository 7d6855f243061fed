namespace MessengerOperator.Runtime;

/// <summary>Where this process lives in the cluster.</summary>
/// <param name="Namespace">The pod's namespace, else that of the kubeconfig, else <c>default</c>.</param>
public sealed record KubernetesIdentity(string Namespace);
