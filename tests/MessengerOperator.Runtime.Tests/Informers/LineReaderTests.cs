using System.Text;
using MessengerOperator.Runtime.Informers;

namespace MessengerOperator.Runtime.Tests.Informers;

public sealed class LineReaderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100_000)]
    public async Task Lines_are_the_same_however_the_bytes_arrive(int chunk)
    {
        string[] lines = ["a", string.Empty, new string('x', 70_000), "ü", new string('y', 200_000), "z"];
        using var stream = new ChunkedStream(Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\ncut off"), chunk);
        var reader = new LineReader(stream);
        List<string> read = [];
        while (await reader.ReadAsync(TestContext.Current.CancellationToken) is { } line)
        {
            read.Add(Encoding.UTF8.GetString(line.Span));
        }

        Assert.Equal(lines, read);
    }

    private sealed class ChunkedStream(byte[] bytes, int chunk) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(chunk, buffer.Length)], cancellationToken);
    }
}
