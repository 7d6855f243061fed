using System.Buffers;
using System.IO.Pipelines;

namespace MessengerOperator.Receiver.Endpoints;

/// <summary>A request's body in pooled memory.</summary>
internal sealed class RequestBody : IDisposable
{
    private readonly BodyBudget _budget;
    private byte[] _buffer = [];
    private int _length;
    private int _taken;

    private RequestBody(BodyBudget budget) => _budget = budget;

    /// <summary>The bytes; not to be touched after <see cref="Dispose"/>.</summary>
    public ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(0, _length);

    /// <summary>Reads all of it. How much that may be is the server's limit, which throws.</summary>
    /// <exception cref="BadHttpRequestException">Too large, too slow or broken; its status code says which.</exception>
    /// <exception cref="OperationCanceledException">It did not come within <paramref name="timeout"/>.</exception>
    /// <exception cref="IOException">The client went away.</exception>
    /// <exception cref="NoRoomForBodyException">The bodies of others have the memory.</exception>
    public static async ValueTask<RequestBody> ReadAsync(PipeReader reader, BodyBudget budget, TimeSpan timeout, TimeProvider time)
    {
        var body = new RequestBody(budget);
        try
        {
            if (reader.TryRead(out var first))
            {
                body.Append(reader, first);
                if (first.IsCompleted)
                {
                    return body;
                }
            }

            await body.ReadRestAsync(reader, timeout, time);
            return body;
        }
        catch
        {
            body.Dispose();
            throw;
        }
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

        if (_taken > 0)
        {
            _budget.Return(_taken);
            _taken = 0;
        }
    }

    private async ValueTask ReadRestAsync(PipeReader reader, TimeSpan timeout, TimeProvider time)
    {
        using var deadline = new CancellationTokenSource(timeout, time);
        ReadResult result;
        do
        {
            result = await reader.ReadAsync(deadline.Token);
            Append(reader, result);
        }
        while (!result.IsCompleted);
    }

    private void Append(PipeReader reader, in ReadResult result)
    {
        var length = _length + (int)result.Buffer.Length;
        if (length > _buffer.Length)
        {
            Grow(Math.Max(length, _length * 2));
        }

        result.Buffer.CopyTo(_buffer.AsSpan(_length));
        _length = length;
        reader.AdvanceTo(result.Buffer.End);
    }

    private void Grow(int capacity)
    {
        var more = capacity <= BodyBudget.FreeBytes ? 0 : capacity - _taken;
        if (more > 0)
        {
            if (!_budget.TryTake(more))
            {
                throw new NoRoomForBodyException();
            }

            _taken = capacity;
        }

        var larger = ArrayPool<byte>.Shared.Rent(capacity);
        Bytes.CopyTo(larger);
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }

        _buffer = larger;
    }
}
