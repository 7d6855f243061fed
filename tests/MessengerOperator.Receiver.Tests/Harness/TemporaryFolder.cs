namespace MessengerOperator.Receiver.Tests.Harness;

/// <summary>A folder that outlives a receiver and not its test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("spool-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
