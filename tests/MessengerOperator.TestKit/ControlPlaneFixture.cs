using System.Diagnostics;
using k8s;
using k8s.Models;
using MessengerOperator.Runtime.Client;
using Xunit;

namespace MessengerOperator.TestKit;

/// <summary>
/// A real kube-apiserver with etcd and controller-manager, started once per test assembly and gone with it. A cluster that cannot be started fails every
/// test that needs it: nothing is skipped. <c>USE_EXISTING_CLUSTER=true</c> uses the cluster of <c>KUBECONFIG</c> instead.
/// </summary>
/// <remarks>Use: <c>[assembly: AssemblyFixture(typeof(ControlPlaneFixture))]</c>, and take it in the test class's constructor.</remarks>
public class ControlPlaneFixture : IAsyncLifetime
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(20);
    private readonly string _name = $"it-{Guid.NewGuid():N}"[..11];
    private bool _started;

    /// <summary>The path of the kubeconfig of a cluster administrator.</summary>
    public string Kubeconfig { get; private set; } = string.Empty;

    /// <summary>An administrator's client for arranging and looking.</summary>
    public Kubernetes Client { get; private set; } = null!;

    /// <summary>Resource definitions to install before the tests; a file or a folder below the repository's root. Null: none.</summary>
    protected virtual string? ResourceDefinitions => null;

    /// <summary>A configuration of its own for a client under test.</summary>
    public KubernetesClientConfiguration NewConfiguration(string name = "test") =>
        KubernetesClientFactory.Prepare(KubernetesClientConfiguration.BuildConfigFromConfigFile(Kubeconfig), name);

    /// <summary>A new namespace, which nobody else uses. It is deleted with the returned object.</summary>
    public async Task<TestNamespace> NewNamespaceAsync()
    {
        var name = $"t-{Guid.NewGuid():N}"[..14];
        await Client.CoreV1.CreateNamespaceAsync(new V1Namespace { Metadata = new V1ObjectMeta { Name = name } }, cancellationToken: TestContext.Current.CancellationToken);
        return new TestNamespace(Client, name);
    }

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        string[] definitions = ResourceDefinitions is { } path ? ["--crds", Repository.PathOf(path)] : [];
        var output = await ClusterAsync(["up", "--control-plane-only", "--name", _name, "--parent-pid", Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture), .. definitions]);
        _started = true;
        Kubeconfig = output.Split('\n').Select(line => line.Trim()).Last(line => line.StartsWith("KUBECONFIG=", StringComparison.Ordinal))["KUBECONFIG=".Length..];
        Client = new Kubernetes(NewConfiguration("test-administrator"));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        if (_started)
        {
            await ClusterAsync(["down", "--name", _name]);
        }

        GC.SuppressFinalize(this);
    }

    private static async Task<string> ClusterAsync(IReadOnlyList<string> arguments)
    {
        var script = Repository.PathOf("tests/cluster/cluster");
        using var process = Process.Start(new ProcessStartInfo(script, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })
            ?? throw new InvalidOperationException($"cannot start {script}");
        using var timeout = new CancellationTokenSource(StartTimeout);

        // What it starts lives on and may keep the pipes open, so the end of the process counts, not the end of its output.
        var output = new ProcessOutput(process);
        await process.WaitForExitAsync(timeout.Token).WaitAsync(StartTimeout, TimeProvider.System);
        return process.ExitCode == 0
            ? output.Text
            : throw new InvalidOperationException(
                $"The control plane for the tests could not be started ({script} {string.Join(' ', arguments)} ended with {process.ExitCode}):\n{output.Errors}");
    }
}
