using System.Net;
using System.Text;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace MessengerOperator.Reconciliation.IntegrationTests.World;

/// <summary>The files that a Deployment mounts into its pods, in a folder of this machine.</summary>
internal sealed class MountedFolder : IDisposable
{
    private const string Root = "/etc/messenger-receiver";
    private const string Unfinished = ".unfinished";

    private const string Data = "/var/lib/messenger-receiver";

    private readonly string _folder = Directory.CreateTempSubdirectory("receiver-").FullName;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>A text with paths of a pod, with those of this machine in their place.</summary>
    public string Place(string text) => text
        .Replace(Root, Path.Combine(_folder, "mounted"), StringComparison.Ordinal)
        .Replace(Data, Path.Combine(_folder, "data"), StringComparison.Ordinal);

    /// <summary>Brings the files up to date.</summary>
    public async Task MountAsync(Kubernetes client, V1Deployment deployment)
    {
        var pod = deployment.Spec.Template.Spec;
        foreach (var mount in pod.Containers[0].VolumeMounts.Where(mount => mount.MountPath.StartsWith(Root, StringComparison.Ordinal)))
        {
            var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
            foreach (var source in Sources(pod.Volumes.Single(volume => volume.Name == mount.Name)))
            {
                await ReadAsync(client, deployment.Namespace(), source, files);
            }

            await WriteAsync(Place(mount.MountPath), files);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static IEnumerable<Source> Sources(V1Volume volume)
    {
        if (volume.ConfigMap is { } map)
        {
            yield return new Source(map.Name, IsSecret: false, map.Items, map.Optional == true);
        }

        if (volume.Secret is { } secret)
        {
            yield return new Source(secret.SecretName, IsSecret: true, secret.Items, secret.Optional == true);
        }

        foreach (var part in volume.Projected?.Sources ?? [])
        {
            if (part.ConfigMap is { } projectedMap)
            {
                yield return new Source(projectedMap.Name, IsSecret: false, projectedMap.Items, projectedMap.Optional == true);
            }

            if (part.Secret is { } projectedSecret)
            {
                yield return new Source(projectedSecret.Name, IsSecret: true, projectedSecret.Items, projectedSecret.Optional == true);
            }
        }
    }

    private async Task ReadAsync(Kubernetes client, string ns, Source source, Dictionary<string, byte[]> files)
    {
        IEnumerable<KeyValuePair<string, byte[]>> data;
        try
        {
            data = source.IsSecret
                ? (await client.CoreV1.ReadNamespacedSecretAsync(source.Name, ns, cancellationToken: Cancelled)).Data ?? new Dictionary<string, byte[]>()
                : (await client.CoreV1.ReadNamespacedConfigMapAsync(source.Name, ns, cancellationToken: Cancelled)).Data
                    .Select(entry => KeyValuePair.Create(entry.Key, Encoding.UTF8.GetBytes(Place(entry.Value))));
        }
        catch (HttpOperationException exception) when (exception.Response.StatusCode == HttpStatusCode.NotFound && source.Optional)
        {
            return;
        }

        foreach (var (key, value) in data)
        {
            // Without a list every key is a file.
            foreach (var path in source.Items is null ? [key] : source.Items.Where(item => item.Key == key).Select(item => item.Path))
            {
                files[path] = value;
            }
        }
    }

    private static async Task WriteAsync(string folder, IReadOnlyDictionary<string, byte[]> files)
    {
        Directory.CreateDirectory(folder);
        foreach (var gone in Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Where(file => !files.ContainsKey(Path.GetRelativePath(folder, file))))
        {
            File.Delete(gone);
        }

        foreach (var (path, content) in files)
        {
            var file = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            if (Holds(file, content))
            {
                continue;
            }

            // In one step, as a mount is replaced: the receiver may be looking.
            await File.WriteAllBytesAsync(file + Unfinished, content, Cancelled);
            File.Move(file + Unfinished, file, overwrite: true);
        }
    }

    private static bool Holds(string file, byte[] content) => File.Exists(file) && content.AsSpan().SequenceEqual(File.ReadAllBytes(file));

    private sealed record Source(string Name, bool IsSecret, IList<V1KeyToPath>? Items, bool Optional);
}
