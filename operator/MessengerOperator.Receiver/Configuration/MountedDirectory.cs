namespace MessengerOperator.Receiver.Configuration;

/// <summary>One reading of a directory whose files change together, as those of a mounted ConfigMap or Secret do.</summary>
/// <remarks>
/// Kubernetes keeps the files of a mount in a directory per version, swaps the link <c>..data</c> to the newest one, and only then adds and removes the links that people see. Read
/// through the version's own directory, all files are of one version; and as long as the version stays, nothing needs to be read. A directory without that link is read as it is.
/// </remarks>
internal sealed class MountedDirectory
{
    private const string Link = "..data";

    private readonly string _path;
    private readonly string? _version;

    private MountedDirectory(string path, string? version) => (_path, _version) = (path, version);

    /// <summary>Whether there is a version, and it still is the one that was there when the reading began. Files read before it changed may be of neither.</summary>
    public bool IsCurrent => _version is not null && VersionOf(_path) == _version;

    /// <summary>Whether what was read cannot be relied on: the version changed meanwhile.</summary>
    public bool IsTorn => _version is not null && !IsCurrent;

    /// <summary>Begins a reading.</summary>
    public static MountedDirectory Begin(string path) => new(path, VersionOf(path));

    /// <summary>Where the files are read.</summary>
    public string Files => _version is null ? _path : Path.Combine(_path, _version);

    private static string? VersionOf(string path)
    {
        try
        {
            return new DirectoryInfo(Path.Combine(path, Link)).LinkTarget;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
