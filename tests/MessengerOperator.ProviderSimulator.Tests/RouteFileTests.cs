using MessengerOperator.Edge;
using Microsoft.Extensions.Time.Testing;

namespace MessengerOperator.ProviderSimulator.Tests;

public sealed class RouteFileTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public async Task Changes_of_the_file_are_taken_up_and_a_broken_file_changes_nothing()
    {
        var clock = new FakeTimeProvider();
        var routes = new RouteTable();
        await using var output = new StringWriter();
        using var stopping = new CancellationTokenSource();
        await File.WriteAllTextAsync(_path, """[{"path":"/a","upstream":"http://10.0.0.1"}]""", stopping.Token);
        var watching = new RouteFile(_path, routes, clock, TextWriter.Synchronized(output)).WatchAsync(stopping.Token);
        await Eventually.TrueAsync(() => routes.Find("/a") == "http://10.0.0.1");

        await File.WriteAllTextAsync(_path, "[{", stopping.Token);
        await UntilAsync(() => output.ToString().Contains("unchanged", StringComparison.Ordinal));
        Assert.Equal("http://10.0.0.1", routes.Find("/a"));

        await File.WriteAllTextAsync(_path, """[{"path":"/a","upstream":"http://10.0.0.2"}]""", stopping.Token);
        await UntilAsync(() => routes.Find("/a") == "http://10.0.0.2");
        await stopping.CancelAsync();
        await watching;

        Task UntilAsync(Func<bool> condition) => Eventually.TrueAsync(() =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            return condition();
        });
    }

    [Fact]
    public async Task Certificates_are_written_with_a_key_only_the_owner_reads()
    {
        var directory = Directory.CreateTempSubdirectory();
        try
        {
            using var certificates = TestCertificates.Create(["hooks.acme.example", "127.0.0.1"]);
            await certificates.WriteToAsync(directory.FullName, TestContext.Current.CancellationToken);

            Assert.Equal(["ca.crt", "tls.crt", "tls.key"], directory.GetFiles().Select(file => file.Name).Order(StringComparer.Ordinal));
            if (!OperatingSystem.IsWindows())
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(directory.FullName, "tls.key")));
            }
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }
}
