namespace MessengerOperator.Receiver.Configuration;

/// <summary>The configuration's documents on disk (one file, or every <c>*.json</c> of a directory) and the files that they name.</summary>
internal sealed class ConfigurationFiles(string path)
{
    private readonly string _path = Path.GetFullPath(path);
    private MountedDirectory? _documents;
    private List<MountedDirectory> _mounts = [];

    /// <summary>Whether there may be several documents.</summary>
    public bool IsDirectory => Directory.Exists(_path);

    /// <summary>Whether everything that was read last is in mounts that have not changed since; false when that cannot be told without reading.</summary>
    public bool AreCurrent => _documents?.IsCurrent == true && _mounts.TrueForAll(mount => mount.IsCurrent);

    /// <summary>The documents' content by name, in ordinal order; null for one that is there and cannot be read. Null altogether when it cannot be told at the moment.</summary>
    public SortedDictionary<string, byte[]?>? ReadDocuments()
    {
        if (!IsDirectory)
        {
            _documents = MountedDirectory.Begin(Path.GetDirectoryName(_path)!);
            return new(StringComparer.Ordinal) { [Path.GetFileName(_path)] = MountedFile.Read(_path) };
        }

        _documents = MountedDirectory.Begin(_path);
        try
        {
            var documents = new SortedDictionary<string, byte[]?>(StringComparer.Ordinal);
            foreach (var file in Directory.EnumerateFiles(_documents.Files, "*.json"))
            {
                if (Path.GetFileName(file) is var name && !name.StartsWith('.'))
                {
                    documents[name] = MountedFile.Read(file);
                }
            }

            return _documents.IsTorn ? null : documents;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The content of files that documents name, null for what cannot be read; relative paths begin beside the documents. Null altogether when they changed meanwhile.</summary>
    public Dictionary<string, byte[]?>? ReadNamed(IEnumerable<string> files)
    {
        var mounts = new Dictionary<string, MountedDirectory>(StringComparer.Ordinal);
        var contents = new Dictionary<string, byte[]?>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            var located = Path.Combine(IsDirectory ? _path : Path.GetDirectoryName(_path)!, file);
            var directory = Path.GetDirectoryName(located)!;
            if (!mounts.TryGetValue(directory, out var mount))
            {
                mounts[directory] = mount = MountedDirectory.Begin(directory);
            }

            contents[file] = MountedFile.Read(Path.Combine(mount.Files, Path.GetFileName(located)));
        }

        _mounts = [.. mounts.Values];
        return _mounts.Exists(mount => mount.IsTorn) ? null : contents;
    }
}
