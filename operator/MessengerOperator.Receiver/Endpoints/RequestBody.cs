using System.Buffers;
using System.IO.Pipelines;

namespace MessengerOperator.Receiver.Endpoints;

/// <summary>A request's body in pooled memory.</summary>
internal sealed class RequestBody : IDisposable
{
    private byte[] _buffer;
    private int _length;

    private RequestBody(int capacity) => _buffer = ArrayPool<byte>.Shared.Rent(capacity);

    /// <summary>The bytes; not to be touched after <see cref="Dispose"/>.</summary>
    public ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(0, _length);

    /// <summary>Reads all of it. How much that may be is the server's limit, which throws.</summary>
    /// <exception cref="BadHttpRequestException">Too large, too slow or broken; its status code says which.</exception>
    /// <exception cref="OperationCanceledException">It did not come within <paramref name="timeout"/>.</exception>
    /// <exception cref="IOException">The client went away.</exception>
    public static async ValueTask<RequestBody> ReadAsync(PipeReader reader, TimeSpan timeout, TimeProvider time)
    {
        if (reader.TryRead(out var first))
        {
            var body = new RequestBody((int)Math.Max(first.Buffer.Length, 1));
            body.Append(reader, first);
            if (first.IsCompleted)
            {
                return body;
            }

            return await body.ReadRestAsync(reader, timeout, time);
        }

        return await new RequestBody(capacity: 1).ReadRestAsync(reader, timeout, time);
    }

    public void Dispose()
    {
        var buffer = _buffer;
        _buffer = [];
        _length = 0;
        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async ValueTask<RequestBody> ReadRestAsync(PipeReader reader, TimeSpan timeout, TimeProvider time)
    {
        using var deadline = new CancellationTokenSource(timeout, time);
        try
        {
            while (true)
            {
                var result = await reader.ReadAsync(deadline.Token);
                Append(reader, result);
                if (result.IsCompleted)
                {
                    return this;
                }
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    private void Append(PipeReader reader, in ReadResult result)
    {
        var length = _length + (int)result.Buffer.Length;
        if (length > _buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(length, _length * 2));
            Bytes.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        result.Buffer.CopyTo(_buffer.AsSpan(_length));
        _length = length;
        reader.AdvanceTo(result.Buffer.End);
    }
}
