using System.Runtime.InteropServices;

namespace MessengerOperator.Receiver.Tests.Harness;

/// <summary>A directory that changes as a mounted ConfigMap or Secret does: all files at once, by the swap of a link above them.</summary>
internal sealed partial class MountedFolder(string folder)
{
    private int _version;

    /// <summary>The directory.</summary>
    public string Path { get; } = Directory.CreateDirectory(folder).FullName;

    /// <summary>The files as they are to be.</summary>
    public SortedDictionary<string, string> Files { get; } = new(StringComparer.Ordinal);

    /// <summary>Brings the files into the directory, step by step as the kubelet does (pkg/volume/util/atomic_writer.go).</summary>
    public void Sync()
    {
        var former = $"..{_version}";
        var next = $"..{++_version}";
        Directory.CreateDirectory(In(next));
        foreach (var (name, content) in Files)
        {
            File.WriteAllText(System.IO.Path.Combine(In(next), name), content);
        }

        File.CreateSymbolicLink(In("..data_tmp"), next);
        Assert.Equal(0, Rename(In("..data_tmp"), In("..data")));
        foreach (var name in Files.Keys.Where(name => new FileInfo(In(name)).LinkTarget is null))
        {
            File.CreateSymbolicLink(In(name), $"..data/{name}");
        }

        foreach (var link in Directory.EnumerateFileSystemEntries(Path).Where(link => System.IO.Path.GetFileName(link) is var name && !name.StartsWith("..", StringComparison.Ordinal) && !Files.ContainsKey(name)))
        {
            File.Delete(link);
        }

        if (Directory.Exists(In(former)))
        {
            Directory.Delete(In(former), recursive: true);
        }
    }

    private string In(string name) => System.IO.Path.Combine(Path, name);

    // File.Move declines to replace a link to a directory, which is what the kubelet does.
    [LibraryImport("libc", EntryPoint = "rename", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Rename(string from, string to);
}
