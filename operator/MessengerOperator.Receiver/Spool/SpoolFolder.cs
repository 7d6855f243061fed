using System.Globalization;

namespace MessengerOperator.Receiver.Spool;

/// <summary>The folder that a spool lives in: its file, the write-ahead log beside it, and files that were set aside.</summary>
internal sealed class SpoolFolder(string path)
{
    private const string FileName = "spool.db";
    private const string SetAsideMark = ".set-aside-";
    private const string LogSuffix = "-wal";
    private const string SalvagedSuffix = ".salvaged";

    /// <summary>The database.</summary>
    public string FilePath { get; } = Path.Combine(path, FileName);

    /// <summary>Makes the folder if it is not there.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be made.</exception>
    public void Ensure() => Directory.CreateDirectory(path);

    /// <summary>Names of the files that were set aside, oldest first.</summary>
    public IReadOnlyList<string> SetAside() => Directory.Exists(path)
        ? [.. Directory.EnumerateFiles(path, FileName + SetAsideMark + "*Z").Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>Names of those of which not all was brought over that can be.</summary>
    public IReadOnlyList<string> NotSalvaged() => [.. SetAside().Where(file => !File.Exists(Full(file + SalvagedSuffix)))];

    /// <summary>Notes that a file that was set aside has been gone through, in a file beside it.</summary>
    public static void NoteSalvaged(string file)
    {
        try
        {
            File.WriteAllBytes(file + SalvagedSuffix, []);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Then the next process goes through it once more.
        }
    }

    /// <summary>The full path of a file in the folder.</summary>
    public string PathOf(string name) => Full(name);

    /// <summary>Bytes that files set aside take.</summary>
    public long SetAsideBytes() => SetAside().Sum(file => Length(file) + Length(file + LogSuffix));

    /// <summary>Renames the database and its log, which must be closed, so that a new one can be made. What could be read of it still can.</summary>
    /// <returns>The new name.</returns>
    /// <exception cref="IOException">It cannot be renamed.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be renamed.</exception>
    public string SetFileAside(DateTimeOffset now)
    {
        var name = FileName + SetAsideMark + now.UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture);
        Move(FileName + LogSuffix, name + LogSuffix);
        Move(FileName, name);
        File.Delete(Full(FileName + "-journal"));
        return name;
    }

    /// <summary>Deletes the oldest files that were set aside until the rest takes no more than <paramref name="mostBytes"/>; the newest stays.</summary>
    /// <returns>The names of those that are gone.</returns>
    public IReadOnlyList<string> DeleteSetAside(long mostBytes)
    {
        var files = SetAside();
        var bytes = SetAsideBytes();
        var gone = new List<string>();
        for (var i = 0; i < files.Count - 1 && bytes > mostBytes; i++)
        {
            bytes -= Length(files[i]) + Length(files[i] + LogSuffix);
            Delete(files[i]);
            gone.Add(files[i]);
        }

        return gone;
    }

    private void Delete(string file)
    {
        File.Delete(Full(file + LogSuffix));
        File.Delete(Full(file + "-shm"));
        File.Delete(Full(file + SalvagedSuffix));
        File.Delete(Full(file));
    }

    private void Move(string from, string to)
    {
        if (File.Exists(Full(from)))
        {
            File.Move(Full(from), Full(to));
        }
    }

    private long Length(string file) => new FileInfo(Full(file)) is { Exists: true } info ? info.Length : 0;

    private string Full(string file) => Path.Combine(path, file);
}
